import { clock, defaultClock, defaultNetwork, directStack, foreign, job, register, stack, to } from "mirage-wasm";

register("actor", [foreign("actor.ts:Actor", to(stack, clock, job)).$(directStack(defaultNetwork, { ipv6: true }), defaultClock)]);
