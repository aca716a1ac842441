import { clock, console, defaultClock, defaultConsole, foreign, job, register, to } from "mirage-wasm";

register("tcp", [foreign("job.ts:Bench", to(console, clock, job)).$(defaultConsole, defaultClock)]);
