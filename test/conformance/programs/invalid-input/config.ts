import { console, defaultConsole, foreign, job, register, to } from "mirage-wasm";

const units = foreign("units.ts:Units", to(console, job));

register("invalid-input", [units.$(defaultConsole)]);
