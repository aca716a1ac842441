import { console, defaultConsole, foreign, job, register, to } from "mirage-wasm";

register("cancellation", [foreign("stop.ts:Stop", to(console, job)).$(defaultConsole)]);
