import { console, defaultConsole, foreign, job, register, to } from "mirage-wasm";

const fill = foreign("fill.ts:Fill", to(console, job));

register("whole-heap", [fill.$(defaultConsole)], { memory: "1 GiB" });
