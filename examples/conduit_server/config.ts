import { console, defaultConsole, foreign, genericStack, job, register, stack, to } from "mirage-wasm";

register("conduit_server", [foreign("hello.ts:Hello", to(stack, console, job)).$(genericStack(), defaultConsole)]);
