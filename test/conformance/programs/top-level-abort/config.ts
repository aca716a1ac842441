import { console, defaultConsole, foreign, job, register, to } from "mirage-wasm";

const fail = foreign("fail.ts:Fail", to(console, job));

register("top-level-abort", [fail.$(defaultConsole)]);
