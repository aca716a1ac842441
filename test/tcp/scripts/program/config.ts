import { console, defaultConsole, foreign, job, register, to } from "mirage-wasm";

register("scripts", [foreign("main.ts:Main", to(console, job)).$(defaultConsole)]);
