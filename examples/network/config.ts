import { console, defaultConsole, defaultStack, foreign, job, register, stack, to } from "mirage-wasm";

register("network", [foreign("services.ts:Services", to(stack, console, job)).$(defaultStack, defaultConsole)]);
