import { console, defaultConsole, foreign, job, register, to } from "mirage-wasm";

const load = foreign("load.ts:Load", to(console, job));

register("out-of-bounds", [load.$(defaultConsole)]);
