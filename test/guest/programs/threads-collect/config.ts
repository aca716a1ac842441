import { console, defaultConsole, foreign, job, register, to } from "mirage-wasm";

register("threads-collect", [foreign("job.ts:Job", to(console, job)).$(defaultConsole)]);
