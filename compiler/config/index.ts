// What config.ts imports from "mirage-wasm": values only, evaluating them touches nothing.

export { clock, console, defaultClock, defaultConsole, defaultRandom, defaultReporter, defaultSleep, plainReporter, random, reporter, seededRandom, sleep } from "./devices.ts";
export { type CrunchOptions, crunch, files } from "./files.ts";
export { type HttpServerOptions, http, http_client, httpClient, httpServer } from "./http.ts";
export { type FromFile, foreign, type Impl, type ImplOptions, impl, main, noop } from "./impl.ts";
export { ifImpl, type Key, key, matchImpl } from "./key.ts";
export { type DnsOptions, dns, dnsClient, dnsResolver, type ZoneOptions, zone, zoneFile } from "./names.ts";
export { capture, defaultNetwork, type Faults, faulty, loopback, type NetifOptions, netif, network, pair, tap0 } from "./networks.ts";
export { type ImageOptions, register } from "./register.ts";
export {
  arp,
  arpOn,
  defaultStack,
  directStack,
  ethernet,
  ethernetOn,
  genericStack,
  hostResolver,
  type Ipv4Options,
  type Ipv6Options,
  icmpv4,
  icmpv4On,
  icmpv6,
  icmpv6On,
  ip,
  ipOn,
  ipv4,
  ipv4On,
  ipv6,
  ipv6On,
  resolver,
  type StackOptions,
  socketStack,
  stack,
  stackOn,
  tcp,
  tcpOn,
  udp,
  udpOn,
} from "./stacks.ts";
export { type Fn, job, type Type, to, type } from "./type.ts";
