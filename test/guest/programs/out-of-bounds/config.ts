import { console, defaultConsole, foreign, job, register, to } from "mirage-wasm";

register("out-of-bounds", [foreign("job.ts:Job", to(console, job)).$(defaultConsole)]);
