import { type Impl, impl } from "./impl.ts";
import { commonKey, matchImpl } from "./key.ts";
import { defaultNetwork, network } from "./networks.ts";
import { type Type, to, type } from "./type.ts";

/** A host on a network: TCP and UDP. */
export const stack: Type<"stack"> = type("stack", "mirage-wasm/stack:Stack");

export interface StackOptions {
  /** Stands before the names of its arguments, where an image has several: `--GROUP-ipv4`. */
  group?: string;
  /** The address and its network. Default: 10.0.0.2/24, without DHCP. */
  ipv4?: string;
  /** Default: 10.0.0.1. */
  gateway?: string;
  /** Take an address by DHCP. Default: true, unless `ipv4` says one. */
  dhcp?: boolean;
}

/** Our own TCP/IP. Arguments of the image: `--ipv4`, `--ipv4-gateway`, `--dhcp`, `--no-dhcp`. */
export const directStack = (net: Impl<"network">, options: StackOptions = {}): Impl<"stack"> => {
  const { group = "", ipv4 = "10.0.0.2/24", gateway = "10.0.0.1", dhcp = options.ipv4 === undefined } = options;
  return impl("mirage-wasm/drivers/stack/direct:DirectStack", to(network, stack), { values: [group, ipv4, gateway, dhcp] }).$(net);
};
/** Our own TCP/IP on `defaultNetwork`. */
export const defaultStack: Impl<"stack"> = directStack(defaultNetwork);

/** The host's own TCP and UDP, of both versions of IP (not on Xen). */
export const socketStack: Impl<"stack"> = impl("mirage-wasm/drivers/stack/socket:SocketStack", stack);

/** The host's own, or with `configure --net=direct` ours on `net`. */
export const genericStack = (net: Impl<"network"> = defaultNetwork, options: StackOptions = {}): Impl<"stack"> =>
  matchImpl(commonKey("net", "host", ["host", "direct"], "Whose TCP/IP: the host's, or our own on a network."), { host: socketStack, direct: directStack(net, options) });

/** The addresses of names. */
export const resolver: Type<"resolver"> = type("resolver", "mirage-wasm/resolver:Resolver");
/** The host's own look-up (not on Xen). */
export const hostResolver: Impl<"resolver"> = impl("mirage-wasm/drivers/resolver/host:HostResolver", resolver);
