import { console, defaultConsole, foreign, job, register, to } from "mirage-wasm";

register("at-exit", [foreign("leave.ts:Leave", to(console, job)).$(defaultConsole)]);
