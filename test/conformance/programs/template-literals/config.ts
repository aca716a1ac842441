import { console, defaultConsole, foreign, job, register, to } from "mirage-wasm";

register("template-literals", [foreign("tell.ts:Tell", to(console, job)).$(defaultConsole)]);
