import { console, defaultConsole, defaultNetwork, directStack, foreign, job, register, stack, to } from "mirage-wasm";

register("member", [foreign("member.ts:Member", to(stack, console, job)).$(directStack(defaultNetwork, { ipv6: true }), defaultConsole)]);
