// What happens, for whoever reads metrics (mirage-wasm/metrics).

import { Counter, Gauge } from "mirage-wasm/metrics";

/** That the stack knows, of all states; and of these, those in TIME_WAIT. */
export const connections = new Gauge("tcp.connections");
export const waiting = new Gauge("tcp.time_wait");
export const received = new Counter("tcp.received");
export const sent = new Counter("tcp.sent");
export const badChecksums = new Counter("tcp.bad_checksum");
export const malformed = new Counter("tcp.malformed");
export const opened = new Counter("tcp.opened");
export const accepted = new Counter("tcp.accepted");
export const failed = new Counter("tcp.failed");
export const retransmitted = new Counter("tcp.retransmitted");
export const timeouts = new Counter("tcp.timeouts");
/** Of these, those that were only late. */
export const spurious = new Counter("tcp.spurious_timeouts");
export const tailProbes = new Counter("tcp.tail_probes");
export const recoveries = new Counter("tcp.fast_recoveries");
export const probes = new Counter("tcp.window_probes");
export const keepalives = new Counter("tcp.keepalives");
export const resetsSent = new Counter("tcp.resets_sent");
export const resetsReceived = new Counter("tcp.resets_received");
export const outOfOrder = new Counter("tcp.out_of_order");
/** Too many holes. */
export const notKept = new Counter("tcp.out_of_order_dropped");
/** Not in the window. */
export const unacceptable = new Counter("tcp.unacceptable");
/** From before, by its timestamp, or without one. */
export const old = new Counter("tcp.old_timestamp");
export const challenges = new Counter("tcp.challenge_acks");
export const challengesSaved = new Counter("tcp.challenge_acks_limited");
/** Answers to SYN that keep nothing, those that came back, and acknowledgements that were none. */
export const cookiesSent = new Counter("tcp.cookies_sent");
export const cookiesReceived = new Counter("tcp.cookies_received");
export const cookiesFailed = new Counter("tcp.cookies_failed");
/** There are as many as the listener lets wait. */
export const notAccepted = new Counter("tcp.backlog_full");
/** Out of TIME_WAIT before its time: for a new connection of the same ports, or since there are too many. */
export const recycled = new Counter("tcp.time_wait_recycled");
