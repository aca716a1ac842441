import { console, defaultConsole, foreign, job, register, to } from "mirage-wasm";

register("stack-overflow", [foreign("job.ts:Job", to(console, job)).$(defaultConsole)]);
