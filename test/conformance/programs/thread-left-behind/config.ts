import { console, defaultConsole, foreign, job, register, to } from "mirage-wasm";

const leave = foreign("leave.ts:Leave", to(console, job));

register("thread-left-behind", [leave.$(defaultConsole)]);
