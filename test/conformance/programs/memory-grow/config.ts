import { console, defaultConsole, foreign, job, register, to } from "mirage-wasm";

const churn = foreign("churn.ts:Churn", to(console, job));

register("memory-grow", [churn.$(defaultConsole)], { memory: "16 MiB" });
