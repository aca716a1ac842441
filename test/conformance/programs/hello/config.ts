import { console, defaultConsole, foreign, job, register, to } from "mirage-wasm";

const hello = foreign("hello.ts:Hello", to(console, job));

register("hello", [hello.$(defaultConsole)]);
