import { console, defaultConsole, defaultNetwork, directStack, foreign, job, register, stack, to } from "mirage-wasm";

register("counted", [foreign("counted.ts:Counted", to(stack, console, job)).$(directStack(defaultNetwork, { ipv6: true }), defaultConsole)]);
