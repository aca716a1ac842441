// What happens, for whoever reads metrics (mirage-wasm/metrics).

import { Counter } from "mirage-wasm/metrics";

export const accepted = new Counter("http.connections");
/** Closed for a new one. */
export const evicted = new Counter("http.evicted");
export const requests = new Counter("http.requests");
export const refused = new Counter("http.refused");
