import { console, defaultConsole, foreign, job, register, to } from "mirage-wasm";

register("exit-1", [foreign("job.ts:Job", to(console, job)).$(defaultConsole)]);
