import { console, defaultConsole, foreign, genericStack, job, register, stack, to } from "mirage-wasm";

register("chat", [foreign("chat.ts:Chat", to(stack, console, job)).$(genericStack(), defaultConsole)]);
