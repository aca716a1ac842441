import { console, defaultConsole, foreign, job, register, to } from "mirage-wasm";

register("console-echo", [foreign("job.ts:Job", to(console, job)).$(defaultConsole)]);
