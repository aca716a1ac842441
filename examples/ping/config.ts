import { console, defaultConsole, defaultNetwork, foreign, job, network, register, to } from "mirage-wasm";

register("ping", [foreign("ping.ts:Ping", to(network, console, job)).$(defaultNetwork, defaultConsole)]);
