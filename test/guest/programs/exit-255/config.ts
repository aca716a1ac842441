import { console, defaultConsole, foreign, job, register, to } from "mirage-wasm";

register("exit-255", [foreign("job.ts:Job", to(console, job)).$(defaultConsole)]);
