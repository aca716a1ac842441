import { console, defaultConsole, foreign, job, register, to } from "mirage-wasm";

const heads = foreign("heads.ts:Heads", to(console, job));

register("heads1", [heads.$(defaultConsole)]);
