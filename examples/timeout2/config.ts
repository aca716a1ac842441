import { console, defaultConsole, foreign, job, random, register, seededRandom, to } from "mirage-wasm";

const race = foreign("race.ts:Race", to(console, random, job));

// With defaultRandom every run is another one.
register("timeout2", [race.$(defaultConsole, seededRandom(1))]);
