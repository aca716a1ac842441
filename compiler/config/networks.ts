import { console } from "./devices.ts";
import { type Impl, impl } from "./impl.ts";
import { interfaceNumber, tunnelEnds } from "./interface.ts";
import { type Type, to, type } from "./type.ts";

/** Frames of Ethernet. */
export const network: Type<"network"> = type("network", "mirage-wasm/network:Network");
/** What carries frames on wasi. */
export interface NetifOptions {
  /** `dgram`: a frame is a datagram of UDP (default). `stream`: each stands behind its length in a stream of TCP. */
  transport?: "dgram" | "stream";
}

/** The class that each is; its first value is the interface's name. */
export const tunnels = { dgram: "mirage-wasm/drivers/network/tunnel:Tunnel", stream: "mirage-wasm/drivers/network/stream-tunnel:StreamTunnel" };

/**
 * The interface of this name, whose number is what the name ends with. On wasi its frames go between 127.0.0.1, port 42000 + number,
 * and port 43000 + number; on Xen it is the vif of that number (docs/network.md).
 */
export const netif = (name: string, { transport = "dgram" }: NetifOptions = {}): Impl<"network"> =>
  impl(tunnels[transport], network, {
    values: [name, ...tunnelEnds(interfaceNumber(name))],
    needs: [transport === "dgram" ? "wasi:sockets/udp@0.2.0" : "wasi:sockets/tcp@0.2.0"],
  });
export const tap0: Impl<"network"> = netif("tap0");
export const defaultNetwork: Impl<"network"> = tap0;

/** The most bytes behind the header of a frame, on networks inside an image. */
const MTU = 1500;
const cable: Type<"cable"> = type("cable", "mirage-wasm/drivers/network/pair:Cable");

/** Two networks that are each other's other end, inside the image. `name` tells one such pair from another. */
export const pair = (name: string, mtu = MTU): [Impl<"network">, Impl<"network">] => {
  const between = impl("mirage-wasm/drivers/network/pair:Cable", cable, { values: [name, mtu] });
  const [first, second] = ["FirstEnd", "SecondEnd"].map((end) => impl(`mirage-wasm/drivers/network/pair:${end}`, to(cable, network)).$(between));
  return [first, second] as [Impl<"network">, Impl<"network">];
};

/** A network on which what is sent comes back. */
export const loopback = (mtu = MTU): Impl<"network"> => impl("mirage-wasm/drivers/network/loopback:Loopback", network, { values: [mtu] });

export interface Faults {
  /** Integers from which the choices follow: the same does the same. Default: 1. */
  seed?: number;
  /** Shares of all frames that are sent, from 0 to 1: those that are lost, come twice, have a bit flipped, and are late. */
  loss?: number;
  duplicate?: number;
  corrupt?: number;
  late?: number;
  /** How late those are, in milliseconds. Default: 5. */
  delay?: number;
}

/** A network that does to frames what bad ones do, for tests. */
export const faulty = (net: Impl<"network">, { seed = 1, loss = 0, duplicate = 0, corrupt = 0, late = 0, delay = 5 }: Faults): Impl<"network"> => {
  const shares = [loss, duplicate, corrupt, late].map((share) => Math.round(share * 1e6));
  return impl("mirage-wasm/drivers/network/fault:Fault", to(network, network), { values: [seed, ...shares, delay] }).$(net);
};

/** A network whose frames, both ways, are written to `out` in the format of libpcap. */
export const capture = (net: Impl<"network">, out: Impl<"console">): Impl<"network"> =>
  impl("mirage-wasm/drivers/network/capture:Capture", to(network, console, network)).$(net, out);
