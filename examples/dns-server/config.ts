import { console, defaultConsole, defaultNetwork, foreign, genericStack, job, register, stack, to, zone, zoneFile } from "mirage-wasm";

const own = genericStack(defaultNetwork, { ipv4: "10.0.0.2/24" });

register("dns-server", [foreign("serve.ts:Serve", to(stack, zone, console, job)).$(own, zoneFile("example.org.zone"), defaultConsole)]);
