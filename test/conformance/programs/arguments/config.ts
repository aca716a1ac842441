import { console, defaultConsole, foreign, job, register, to } from "mirage-wasm";

const count = foreign("count.ts:Count", to(console, job));

register("arguments", [count.$(defaultConsole)], { xen: { memory: "96 MiB" } });
