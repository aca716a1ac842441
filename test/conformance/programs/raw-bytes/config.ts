import { console, defaultConsole, foreign, job, register, to } from "mirage-wasm";

const bytes = foreign("bytes.ts:Bytes", to(console, job));

register("raw-bytes", [bytes.$(defaultConsole)]);
