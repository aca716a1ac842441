import { console, defaultConsole, foreign, job, register, to } from "mirage-wasm";

const sleepers = foreign("sleepers.ts:Sleepers", to(console, job));

register("sleep-order", [sleepers.$(defaultConsole)]);
