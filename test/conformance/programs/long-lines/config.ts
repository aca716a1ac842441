import { console, defaultConsole, foreign, job, register, to } from "mirage-wasm";

const lines = foreign("lines.ts:Lines", to(console, job));

register("long-lines", [lines.$(defaultConsole)]);
