import { defaultNetwork, foreign, job, network, register, to } from "mirage-wasm";

register("frames", [foreign("job.ts:Reflect", to(network, job)).$(defaultNetwork)]);
