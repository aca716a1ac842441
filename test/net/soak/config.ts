import { defaultNetwork, directStack, foreign, job, register, stack, to } from "mirage-wasm";

register("soak", [foreign("soak.ts:Soak", to(stack, job)).$(directStack(defaultNetwork, { ipv6: true }))]);
