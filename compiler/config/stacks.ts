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

/** Datagrams. */
export const udp: Type<"udp"> = type("udp", "mirage-wasm/udp:Udp");
export const udpOn = (ip: Impl<"ipv4">): Impl<"udp"> => impl("mirage-wasm/drivers/stack/udp-host:UdpHost", to(ipv4, udp)).$(ip);

/** Connections. */
export const tcp: Type<"tcp"> = type("tcp", "mirage-wasm/tcp:Tcp");
export const tcpOn = (ip: Impl<"ipv4">): Impl<"tcp"> => impl("mirage-wasm/drivers/stack/tcp-host:TcpHost", to(ipv4, tcp)).$(ip);

/** A host on a network: TCP and UDP. */
export const stack: Type<"stack"> = type("stack", "mirage-wasm/stack:Stack");

/** Our own TCP/IP, of these parts. */
export const stackOn = (ip: Impl<"ipv4">, echo: Impl<"icmpv4">, datagrams: Impl<"udp">, connections: Impl<"tcp">): Impl<"stack"> =>
  impl("mirage-wasm/drivers/stack/direct:DirectStack", to(ipv4, icmpv4, udp, tcp, stack)).$(ip, echo, datagrams, connections);

/** Our own TCP/IP on a network, with the arguments of `ipv4On`. */
export const directStack = (net: Impl<"network">, options: Ipv4Options = {}): Impl<"stack"> => {
  const link = ethernetOn(net);
  const ip = ipv4On(link, arpOn(link), options);
  return stackOn(ip, icmpv4On(ip), udpOn(ip), tcpOn(ip));
};
/** Our own TCP/IP on `defaultNetwork`. */
export const defaultStack: Impl<"stack"> = directStack(defaultNetwork);

/** The host's own TCP and UDP, of both versions of IP (not on Xen). */
export const socketStack: Impl<"stack"> = impl("mirage-wasm/drivers/stack/socket:SocketStack", stack);

/** The host's own, or with `configure --net=direct` ours on `net`. */
export const genericStack = (net: Impl<"network"> = defaultNetwork, options: Ipv4Options = {}): Impl<"stack"> =>
  matchImpl(commonKey("net", "host", ["host", "direct"], "Whose TCP/IP: the host's, or our own on a network."), { host: socketStack, direct: directStack(net, options) });

/** The addresses of names. */
export const resolver: Type<"resolver"> = type("resolver", "mirage-wasm/resolver:Resolver");
/** The host's own look-up (not on Xen). */
export const hostResolver: Impl<"resolver"> = impl("mirage-wasm/drivers/resolver/host:HostResolver", resolver);
