import { console, defaultConsole, foreign, job, register, to } from "mirage-wasm";

register("sleep-order", [foreign("job.ts:Job", to(console, job)).$(defaultConsole)]);
