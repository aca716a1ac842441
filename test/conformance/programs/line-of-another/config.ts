import { clock, console, defaultClock, defaultConsole, foreign, job, register, to } from "mirage-wasm";

const lines = foreign("lines.ts:Lines", to(console, clock, job));

register("line-of-another", [lines.$(defaultConsole, defaultClock)]);
