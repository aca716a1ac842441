import { type Impl, impl } from "./impl.ts";
import { commonKey, matchImpl } from "./key.ts";
import { defaultNetwork, network } from "./networks.ts";
import { type Type, to, type } from "./type.ts";

/** Frames of Ethernet, by the type of what is in them. */
export const ethernet: Type<"ethernet"> = type("ethernet", "mirage-wasm/ethernet:Ethernet");
export const ethernetOn = (net: Impl<"network">): Impl<"ethernet"> => impl("mirage-wasm/drivers/stack/link:Link", to(network, ethernet)).$(net);

/** Whose MAC is whose address of IPv4. */
export const arp: Type<"arp"> = type("arp", "mirage-wasm/arp:Arp");
export const arpOn = (link: Impl<"ethernet">): Impl<"arp"> => impl("mirage-wasm/drivers/stack/neighbours:Neighbours", to(ethernet, arp)).$(link);

/** A host of IPv4. */
export const ipv4: Type<"ipv4"> = type("ipv4", "mirage-wasm/ipv4:Ipv4");

export interface Ipv4Options {
  /** Stands before the names of its arguments, where an image has several: `--GROUP-ipv4`. */
  group?: string;
  /** The address and its network. Default: 10.0.0.2/24, without DHCP. */
  ipv4?: string;
  /** Default: 10.0.0.1. */
  gateway?: string;
  /** Take an address by DHCP. Default: true, unless `ipv4` says one. */
  dhcp?: boolean;
}

/** Arguments of the image: `--ipv4`, `--ipv4-gateway`, `--dhcp`, `--no-dhcp`. */
export const ipv4On = (link: Impl<"ethernet">, neighbours: Impl<"arp">, options: Ipv4Options = {}): Impl<"ipv4"> => {
  const { group = "", ipv4: address = "10.0.0.2/24", gateway = "10.0.0.1", dhcp = options.ipv4 === undefined } = options;
  return impl("mirage-wasm/drivers/stack/ipv4-host:Ipv4Host", to(ethernet, arp, ipv4), { values: [group, address, gateway, dhcp] }).$(link, neighbours);
};

/** Echoes, others' and our own, and complaints about packets that did not arrive. */
export const icmpv4: Type<"icmpv4"> = type("icmpv4", "mirage-wasm/icmpv4:Icmpv4");
export const icmpv4On = (ip: Impl<"ipv4">): Impl<"icmpv4"> => impl("mirage-wasm/drivers/stack/icmpv4-host:Icmpv4Host", to(ipv4, icmpv4)).$(ip);

/** A host of IPv6. */
export const ipv6: Type<"ipv6"> = type("ipv6", "mirage-wasm/ipv6:Ipv6");

export interface Ipv6Options {
  /** Stands before the names of its arguments, where an image has several: `--GROUP-ipv6`. */
  group?: string;
  /** An address and its network. Default: none but those of the prefixes that routers tell. */
  ipv6?: string;
  /** Default: who routers say. */
  gateway?: string;
  /** Hear what routers say. Default: true. */
  acceptRa?: boolean;
}

/** Arguments of the image: `--ipv6`, `--ipv6-gateway`, `--accept-ra`, `--no-accept-ra`. */
export const ipv6On = (link: Impl<"ethernet">, options: Ipv6Options = {}): Impl<"ipv6"> => {
  const { group = "", ipv6: address = "::/0", gateway = "::", acceptRa = true } = options;
  return impl("mirage-wasm/drivers/stack/ipv6-host:Ipv6Host", to(ethernet, ipv6), { values: [group, address, gateway, acceptRa] }).$(link);
};

/** Echoes of IPv6. */
export const icmpv6: Type<"icmpv6"> = type("icmpv6", "mirage-wasm/icmpv6:Icmpv6");
export const icmpv6On = (ip: Impl<"ipv6">): Impl<"icmpv6"> => impl("mirage-wasm/drivers/stack/icmpv6-host:Icmpv6Host", to(ipv6, icmpv6)).$(ip);

/** Both versions of IP. */
export const ip: Type<"ip"> = type("ip", "mirage-wasm/drivers/stack/both-host:BothHost");
export const ipOn = (v4: Impl<"ipv4">, v6: Impl<"ipv6">): Impl<"ip"> => impl("mirage-wasm/drivers/stack/both-host:BothHost", to(ipv4, ipv6, ip)).$(v4, v6);
/** One version, or both. */
export type AnyIp = Impl<"ipv4"> | Impl<"ipv6"> | Impl<"ip">;

/** Datagrams. */
export const udp: Type<"udp"> = type("udp", "mirage-wasm/udp:Udp");
export const udpOn = (on: AnyIp): Impl<"udp"> => impl("mirage-wasm/drivers/stack/udp-host:UdpHost", to(on.type as typeof ip, udp)).$(on as Impl<"ip">);

/** Connections. */
export const tcp: Type<"tcp"> = type("tcp", "mirage-wasm/tcp:Tcp");
export const tcpOn = (on: AnyIp): Impl<"tcp"> => impl("mirage-wasm/drivers/stack/tcp-host:TcpHost", to(on.type as typeof ip, tcp)).$(on as Impl<"ip">);

/** A host on a network: TCP and UDP. */
export const stack: Type<"stack"> = type("stack", "mirage-wasm/stack:Stack");

/** Our own TCP/IP, of these parts. */
export const stackOn = (on: AnyIp, echo: Impl<"icmpv4"> | Impl<"icmpv6">, datagrams: Impl<"udp">, connections: Impl<"tcp">): Impl<"stack"> => {
  const whole = to(on.type as typeof ip, echo.type as typeof icmpv4, udp, tcp, stack);
  return impl("mirage-wasm/drivers/stack/direct:DirectStack", whole).$(on as Impl<"ip">, echo as Impl<"icmpv4">, datagrams, connections);
};

/** Of both versions; `ipv6` says whether there is the second one, and perhaps its address. */
export interface StackOptions extends Omit<Ipv6Options, "ipv6" | "gateway">, Ipv4Options {
  ipv6?: boolean | string;
  ipv6Gateway?: string;
}

/** Our own TCP/IP on a network, with the arguments of `ipv4On`, and those of `ipv6On` where it is wanted. */
export const directStack = (net: Impl<"network">, options: StackOptions = {}): Impl<"stack"> => {
  const { ipv6: wanted = false, ipv6Gateway, ...others } = options;
  const link = ethernetOn(net);
  const v4 = ipv4On(link, arpOn(link), options as Ipv4Options);
  const address = typeof wanted === "string" ? { ipv6: wanted } : {};
  const v6 = { group: others.group ?? "", acceptRa: others.acceptRa ?? true, ...(ipv6Gateway ? { gateway: ipv6Gateway } : {}), ...address };
  const any = wanted ? ipOn(v4, ipv6On(link, v6)) : v4;
  return stackOn(any, icmpv4On(v4), udpOn(any), tcpOn(any));
};
/** Our own TCP/IP on `defaultNetwork`. */
export const defaultStack: Impl<"stack"> = directStack(defaultNetwork);

/** The host's own TCP and UDP, of both versions of IP. */
export const socketStack: Impl<"stack"> = impl("mirage-wasm/drivers/stack/socket:SocketStack", stack, { needs: ["wasi:sockets/tcp@0.2.0"] });

/** The host's own, or with `configure --net=direct` ours on `net`. */
export const genericStack = (net: Impl<"network"> = defaultNetwork, options: StackOptions = {}): Impl<"stack"> =>
  matchImpl(commonKey("net", "host", ["host", "direct"], "Whose TCP/IP: the host's, or our own on a network."), { host: socketStack, direct: directStack(net, options) });

/** The addresses of names. */
export const resolver: Type<"resolver"> = type("resolver", "mirage-wasm/resolver:Resolver");
/** The host's own look-up. */
export const hostResolver: Impl<"resolver"> = impl("mirage-wasm/drivers/resolver/host:HostResolver", resolver, { needs: ["wasi:sockets/ip-name-lookup@0.2.0"] });
