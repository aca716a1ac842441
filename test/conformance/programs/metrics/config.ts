import { console, defaultConsole, foreign, job, register, to } from "mirage-wasm";

register("metrics", [foreign("count.ts:Count", to(console, job)).$(defaultConsole)]);
