import { console, defaultConsole, foreign, job, plainReporter, register, to } from "mirage-wasm";

register("logs", [foreign("talk.ts:Talk", to(console, job)).$(defaultConsole)], { reporter: plainReporter });
