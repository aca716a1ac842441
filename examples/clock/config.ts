import { clock, console, defaultClock, defaultConsole, foreign, job, register, to } from "mirage-wasm";

const speaking = foreign("speaking.ts:SpeakingClock", to(console, clock, job));

register("clock", [speaking.$(defaultConsole, defaultClock)]);
