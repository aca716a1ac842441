import { console, defaultConsole, foreign, job, register, to } from "mirage-wasm";

const descend = foreign("descend.ts:Descend", to(console, job));

register("stack-overflow-objects", [descend.$(defaultConsole)]);
