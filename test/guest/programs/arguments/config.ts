import { console, defaultConsole, foreign, job, register, to } from "mirage-wasm";

register("arguments", [foreign("job.ts:Job", to(console, job)).$(defaultConsole)]);
