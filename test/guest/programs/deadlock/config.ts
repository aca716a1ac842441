import { console, defaultConsole, foreign, job, register, to } from "mirage-wasm";

register("deadlock", [foreign("job.ts:Job", to(console, job)).$(defaultConsole)]);
