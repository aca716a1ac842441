import { console, defaultConsole, foreign, job, register, to } from "mirage-wasm";

register("division-by-zero", [foreign("job.ts:Job", to(console, job)).$(defaultConsole)]);
