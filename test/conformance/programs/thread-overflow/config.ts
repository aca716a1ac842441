import { console, defaultConsole, foreign, job, register, to } from "mirage-wasm";

const burrow = foreign("burrow.ts:Burrow", to(console, job));

register("thread-overflow", [burrow.$(defaultConsole)], { xen: { memory: "96 MiB" } });
