import { console, defaultConsole, foreign, job, register, to } from "mirage-wasm";

register("stack", [foreign("job.ts:Stack", to(console, job)).$(defaultConsole)]);
