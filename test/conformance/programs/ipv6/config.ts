import { arpOn, console, defaultConsole, ethernetOn, foreign, icmpv4On, icmpv6, icmpv6On, ipOn, ipv4On, ipv6On, job, pair, register, stack, stackOn, tcpOn, to, udpOn } from "mirage-wasm";

const [left, right] = pair("cable");
const here = ethernetOn(left);
const v4 = ipv4On(here, arpOn(here), { group: "client", ipv4: "10.0.0.1/24", gateway: "0.0.0.0" });
const v6 = ipv6On(here, { group: "client", ipv6: "2001:db8::1/64", acceptRa: false });
const both = ipOn(v4, v6);
const there = ipv6On(ethernetOn(right), { group: "server", ipv6: "2001:db8::2/64", acceptRa: false });

register("ipv6", [
  foreign("talk.ts:Talk", to(stack, stack, icmpv6, console, job)).$(
    stackOn(both, icmpv4On(v4), udpOn(both), tcpOn(both)),
    stackOn(there, icmpv6On(there), udpOn(there), tcpOn(there)),
    icmpv6On(v6),
    defaultConsole,
  ),
]);
