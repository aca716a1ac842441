import { console, defaultConsole, foreign, job, register, to } from "mirage-wasm";

register("stdin-bytes", [foreign("job.ts:Job", to(console, job)).$(defaultConsole)]);
