import { console, defaultConsole, foreign, job, register, to } from "mirage-wasm";

const echo = foreign("echo.ts:Echo", to(console, job));

register("echo-beside-ticks", [echo.$(defaultConsole)]);
