import { console, defaultConsole, defaultNetwork, ethernetOn, foreign, icmpv6On, ipv6On, job, register, stack, stackOn, tcpOn, to, udpOn } from "mirage-wasm";

const ip = ipv6On(ethernetOn(defaultNetwork));
register("six", [foreign("six.ts:Six", to(stack, console, job)).$(stackOn(ip, icmpv6On(ip), udpOn(ip), tcpOn(ip)), defaultConsole)]);
