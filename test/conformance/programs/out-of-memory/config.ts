import { console, defaultConsole, foreign, job, register, to } from "mirage-wasm";

const hoard = foreign("hoard.ts:Hoard", to(console, job));

register("out-of-memory", [hoard.$(defaultConsole)], { memory: "1 MiB" });
