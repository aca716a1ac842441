import { console, defaultConsole, foreign, job, register, to } from "mirage-wasm";

register("memory-grow", [foreign("job.ts:Job", to(console, job)).$(defaultConsole)]);
