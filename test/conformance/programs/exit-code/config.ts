import { console, defaultConsole, foreign, job, register, to } from "mirage-wasm";

const end = foreign("end.ts:End", to(console, job));

register("exit-code", [end.$(defaultConsole)]);
