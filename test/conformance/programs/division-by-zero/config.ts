import { console, defaultConsole, foreign, job, register, to } from "mirage-wasm";

const divide = foreign("divide.ts:Divide", to(console, job));

register("division-by-zero", [divide.$(defaultConsole)]);
