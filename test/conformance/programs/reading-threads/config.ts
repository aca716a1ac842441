import { console, defaultConsole, foreign, job, register, to } from "mirage-wasm";

const readers = foreign("readers.ts:Readers", to(console, job));

register("reading-threads", [readers.$(defaultConsole)]);
