import { console, defaultConsole, defaultRandom, foreign, job, random, register, seededRandom, to } from "mirage-wasm";

const draw = foreign("draw.ts:Draw", to(console, random, random, job));

register("random", [draw.$(defaultConsole, seededRandom(42), defaultRandom)]);
