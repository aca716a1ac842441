import { console, defaultConsole, foreign, job, register, to } from "mirage-wasm";

register("top-level-thread", [foreign("job.ts:Job", to(console, job)).$(defaultConsole)]);
