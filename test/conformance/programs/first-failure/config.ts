import { console, defaultConsole, foreign, job, register, to } from "mirage-wasm";

const signature = to(console, job);
const late = foreign("jobs.ts:Late", signature);
const early = foreign("jobs.ts:Early", signature);
const good = foreign("jobs.ts:Good", signature);

register("first-failure", [late.$(defaultConsole), early.$(defaultConsole), good.$(defaultConsole)]);
