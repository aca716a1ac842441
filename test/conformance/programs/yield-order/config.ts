import { console, defaultConsole, foreign, job, register, to } from "mirage-wasm";

const turns = foreign("turns.ts:Turns", to(console, job));

register("yield-order", [turns.$(defaultConsole)]);
