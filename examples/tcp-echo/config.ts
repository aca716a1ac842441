import { console, defaultConsole, foreign, genericStack, job, register, stack, to } from "mirage-wasm";

register("tcp-echo", [foreign("echo.ts:Echo", to(stack, console, job)).$(genericStack(), defaultConsole)]);
