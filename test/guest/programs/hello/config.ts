import { console, defaultConsole, foreign, job, register, to } from "mirage-wasm";

register("hello", [foreign("job.ts:Job", to(console, job)).$(defaultConsole)]);
