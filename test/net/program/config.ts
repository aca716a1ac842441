import { console, defaultConsole, foreign, job, register, to } from "mirage-wasm";

register("net", [foreign("net.ts:Net", to(console, job)).$(defaultConsole)]);
