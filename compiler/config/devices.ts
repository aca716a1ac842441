import { type Impl, impl } from "./impl.ts";
import { type Type, to, type } from "./type.ts";

/** Lines of text, out and in. */
export const console: Type<"console"> = type("console", "mirage-wasm/console:Console");
/** The image's standard output and input. */
export const defaultConsole: Impl<"console"> = impl("mirage-wasm/drivers/console:StandardConsole", console);

/** Monotonic and wall time. */
export const clock: Type<"clock"> = type("clock", "mirage-wasm/clock:Clock");
/** The host's clocks. */
export const defaultClock: Impl<"clock"> = impl("mirage-wasm/drivers/clock:HostClock", clock);

/** Letting time pass. */
export const sleep: Type<"sleep"> = type("sleep", "mirage-wasm/sleep:Sleep");
/** Sleeps by the host's monotonic clock. */
export const defaultSleep: Impl<"sleep"> = impl("mirage-wasm/drivers/sleep:HostSleep", sleep);

/** Random numbers. */
export const random: Type<"random"> = type("random", "mirage-wasm/random:Random");
/** The host's generator, fit for keys. */
export const defaultRandom: Impl<"random"> = impl("mirage-wasm/drivers/random:HostRandom", random);
/** The same numbers in every run, for tests: SplitMix64 from `seed` on, an integer. */
export const seededRandom = (seed: number): Impl<"random"> => impl("mirage-wasm/drivers/random:SeededRandom", random, { values: [seed] });

/** Frames of Ethernet. */
export const network: Type<"network"> = type("network", "mirage-wasm/network:Network");
/**
 * The interface of this name, whose number is what the name ends with. On wasi a frame is a datagram between 127.0.0.1, port 42000 + number,
 * and port 43000 + number; on Xen it is the vif of that number (docs/network.md).
 */
export const netif = (name: string): Impl<"network"> => {
  const number = Number(/\d*$/.exec(name)?.[0] ?? 0) % 1000;
  return impl("mirage-wasm/drivers/network/tunnel:Tunnel", network, { values: [name, `127.0.0.1:${42_000 + number}`, `127.0.0.1:${43_000 + number}`] });
};
export const tap0: Impl<"network"> = netif("tap0");
export const defaultNetwork: Impl<"network"> = tap0;

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

/** Where the messages of `mirage-wasm/log` go: an option of `register`. */
export const reporter: Type<"reporter"> = type("reporter", "mirage-wasm/reporter:Reporter");
/** Lines on standard output, each with its time. */
export const defaultReporter: Impl<"reporter"> = impl("mirage-wasm/drivers/reporter:ConsoleReporter", reporter);
/** Lines on standard output without a time, for hosts that add their own. */
export const plainReporter: Impl<"reporter"> = impl("mirage-wasm/drivers/reporter:PlainReporter", reporter);
