import { clock, console, defaultClock, defaultConsole, defaultSleep, foreign, job, register, sleep, to } from "mirage-wasm";

const watch = foreign("job.ts:Job", to(console, clock, sleep, job));

register("clock", [watch.$(defaultConsole, defaultClock, defaultSleep)]);
