import { console, defaultConsole, foreign, job, register, to } from "mirage-wasm";

register("http", [foreign("main.ts:Main", to(console, job)).$(defaultConsole)]);
