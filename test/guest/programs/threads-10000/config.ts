import { console, defaultConsole, foreign, job, register, to } from "mirage-wasm";

register("threads-10000", [foreign("job.ts:Job", to(console, job)).$(defaultConsole)]);
