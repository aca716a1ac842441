import { console, defaultConsole, foreign, job, register, to } from "mirage-wasm";

register("polls", [foreign("polls.ts:Polls", to(console, job)).$(defaultConsole)]);
