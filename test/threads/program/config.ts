import { console, defaultConsole, foreign, job, register, to } from "mirage-wasm";

register("schedules", [foreign("schedules.ts:Schedules", to(console, job)).$(defaultConsole)]);
