import { console, defaultConsole, foreign, job, register, to } from "mirage-wasm";

const grab = foreign("grab.ts:Grab", to(console, job));

register("out-of-memory-once", [grab.$(defaultConsole)], { memory: "1 MiB" });
