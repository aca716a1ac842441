import { console, defaultConsole, foreign, job, register, to } from "mirage-wasm";

const crowd = foreign("crowd.ts:Crowd", to(console, job));

register("threads-collect", [crowd.$(defaultConsole)], { xen: { memory: "96 MiB" } });
