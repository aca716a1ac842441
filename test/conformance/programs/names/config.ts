import { console, defaultConsole, directStack, dns, dnsClient, dnsResolver, foreign, job, pair, register, resolver, stack, to, zone, zoneFile } from "mirage-wasm";

const [left, right] = pair("cable");
const client = directStack(left, { group: "client", ipv4: "10.0.0.1/24", gateway: "0.0.0.0" });
const server = directStack(right, { group: "server", ipv4: "10.0.0.2/24", gateway: "0.0.0.0" });
const asking = { nameServers: ["10.0.0.2"] };

const names = foreign("names.ts:Names", to(stack, dns, resolver, stack, zone, console, job));
register("names", [names.$(client, dnsClient(client, asking), dnsResolver(client, asking), server, zoneFile("test.zone"), defaultConsole)]);
