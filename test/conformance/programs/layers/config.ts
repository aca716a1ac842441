import {
  arp, arpOn, console, defaultConsole, ethernet, ethernetOn, foreign, icmpv4, icmpv4On, ipv4, ipv4On, job, pair, register, tcp, tcpOn, to, udp, udpOn,
} from "mirage-wasm";

const [left, right] = pair("cable");
const here = ethernetOn(left);
const there = ethernetOn(right);
const neighbours = arpOn(here);
const client = ipv4On(here, neighbours, { group: "client", ipv4: "10.0.0.1/24", gateway: "0.0.0.0" });
const server = ipv4On(there, arpOn(there), { group: "server", ipv4: "10.0.0.2/24", gateway: "0.0.0.0" });

register("layers", [
  foreign("frames.ts:Frames", to(ethernet, ethernet, arp, ipv4, console, job)).$(here, there, neighbours, server, defaultConsole),
  foreign("packets.ts:Packets", to(ipv4, ipv4, icmpv4, icmpv4, console, job)).$(client, server, icmpv4On(client), icmpv4On(server), defaultConsole),
  foreign("ports.ts:Ports", to(udp, udp, tcp, tcp, ipv4, console, job))
    .$(udpOn(client), udpOn(server), tcpOn(client), tcpOn(server), server, defaultConsole),
]);
