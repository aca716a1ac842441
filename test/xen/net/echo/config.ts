import { arpOn, directStack, ethernetOn, foreign, icmpv4On, ipOn, ipv4On, ipv6, ipv6On, job, netif, register, stack, stackOn, tcpOn, to, udpOn } from "mirage-wasm";

/** Both versions of IP on each interface: by routers' words at the first, fixed at the second. */
const link = ethernetOn(netif("eth0"));
const v4 = ipv4On(link, arpOn(link), { group: "eth0", ipv4: "10.0.0.2/24" });
const v6 = ipv6On(link, { group: "eth0" });
const both = ipOn(v4, v6);
const first = stackOn(both, icmpv4On(v4), udpOn(both), tcpOn(both));
const second = directStack(netif("eth1"), { group: "eth1", ipv4: "10.0.1.2/24", ipv6: "2001:db8:1::2/64", acceptRa: false });

register("echo", [foreign("echo.ts:Echo", to(stack, stack, ipv6, job)).$(first, second, v6)], { memory: "8 MiB" });
