import { console, defaultConsole, foreign, job, register, to } from "mirage-wasm";

register("names", [foreign("names.ts:Names", to(console, job)).$(defaultConsole)]);
