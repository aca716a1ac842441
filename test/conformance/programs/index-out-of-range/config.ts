import { console, defaultConsole, foreign, job, register, to } from "mirage-wasm";

const pick = foreign("pick.ts:Pick", to(console, job));

register("index-out-of-range", [pick.$(defaultConsole)]);
