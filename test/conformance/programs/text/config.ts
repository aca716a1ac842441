import { console, defaultConsole, foreign, job, register, to } from "mirage-wasm";

const text = foreign("text.ts:Text", to(console, job));

register("text", [text.$(defaultConsole)]);
