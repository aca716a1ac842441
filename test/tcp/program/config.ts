import { console, defaultConsole, foreign, job, register, to } from "mirage-wasm";

register("tcp", [foreign("main.ts:Main", to(console, job)).$(defaultConsole)]);
