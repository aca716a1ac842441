import { console, defaultConsole, foreign, job, netif, network, register, to } from "mirage-wasm";

const relax = foreign("loaf.ts:Relax", to(network, network, console, job));

register("out_to_lunch_network", [relax.$(netif("tap0"), netif("tap1"), defaultConsole)]);
