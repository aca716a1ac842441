import { console, defaultConsole, foreign, job, register, to } from "mirage-wasm";
register("rest-parameters", [foreign("rest.ts:Rest", to(console, job)).$(defaultConsole)]);
