import { console, defaultConsole, foreign, job, register, to } from "mirage-wasm";

const tell = foreign("tell.ts:Tell", to(console, job));

register("local-library", [tell.$(defaultConsole)]);
