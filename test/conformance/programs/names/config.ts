import { console, defaultConsole, directStack, dns, dnsClient, dnsResolver, foreign, job, pair, register, resolver, stack, to, zone, zoneFile } from "mirage-wasm";

const [left, right] = pair("cable");
const client = directStack(left, { group: "client", ipv4: "10.0.0.1/24", gateway: "0.0.0.0", ipv6: "fd00::1/64" });
const server = directStack(right, { group: "server", ipv4: "10.0.0.2/24", gateway: "0.0.0.0", ipv6: "fd00::2/64" });

const names = foreign("names.ts:Names", to(stack, dns, resolver, stack, zone, console, job));
register("names", [names.$(client, dnsClient(client, { nameServers: ["10.0.0.2"] }), dnsResolver(client, { nameServers: ["fd00::2"], group: "six" }), server, zoneFile("test.zone"), defaultConsole)]);
