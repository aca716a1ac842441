import { console, defaultConsole, foreign, job, register, to } from "mirage-wasm";

const early = foreign("early.ts:Early", to(console, job));

register("top-level-blocks", [early.$(defaultConsole)]);
