import { console, defaultConsole, foreign, job, register, socketStack, stack, to } from "mirage-wasm";

register("ready-order", [foreign("order.ts:Order", to(stack, console, job)).$(socketStack, defaultConsole)]);
