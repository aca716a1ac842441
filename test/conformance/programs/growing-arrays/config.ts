import { console, defaultConsole, foreign, job, register, to } from "mirage-wasm";

const grow = foreign("grow.ts:Grow", to(console, job));

register("growing-arrays", [grow.$(defaultConsole)], { xen: { memory: "96 MiB" } });
