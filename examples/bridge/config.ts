import { console, defaultConsole, foreign, job, netif, network, register, to } from "mirage-wasm";

register("bridge", [foreign("bridge.ts:Bridge", to(network, network, console, job)).$(netif("tap0"), netif("tap1"), defaultConsole)]);
