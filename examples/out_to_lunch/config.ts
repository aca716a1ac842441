import { console, defaultConsole, foreign, job, register, to } from "mirage-wasm";

const relax = foreign("loaf.ts:Relax", to(console, job));

register("out_to_lunch", [relax.$(defaultConsole)]);
