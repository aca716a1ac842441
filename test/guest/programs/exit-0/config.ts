import { console, defaultConsole, foreign, job, register, to } from "mirage-wasm";

register("exit-0", [foreign("job.ts:Job", to(console, job)).$(defaultConsole)]);
