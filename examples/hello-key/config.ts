import { console, defaultConsole, foreign, job, register, to } from "mirage-wasm";

const hello = foreign("hello.ts:HelloKey", to(console, job));

register("hello-key", [hello.$(defaultConsole)]);
