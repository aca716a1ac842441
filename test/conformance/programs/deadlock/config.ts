import { console, defaultConsole, foreign, job, register, to } from "mirage-wasm";

const wait = foreign("wait.ts:Wait", to(console, job));

register("deadlock", [wait.$(defaultConsole)]);
