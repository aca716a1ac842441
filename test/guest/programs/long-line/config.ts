import { console, defaultConsole, foreign, job, register, to } from "mirage-wasm";

register("long-line", [foreign("job.ts:Job", to(console, job)).$(defaultConsole)]);
