import { console, defaultConsole, foreign, job, register, to } from "mirage-wasm";

register("index-out-of-range", [foreign("job.ts:Job", to(console, job)).$(defaultConsole)]);
