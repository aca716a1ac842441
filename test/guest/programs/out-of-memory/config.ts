import { console, defaultConsole, foreign, job, register, to } from "mirage-wasm";

register("out-of-memory", [foreign("job.ts:Job", to(console, job)).$(defaultConsole)], { memory: "1 MiB" });
