import { random_u64 } from "mirage-wasm/abi";
import { Address } from "mirage-wasm/address";
import { Ip } from "mirage-wasm/drivers/net/ip";
import { Udp } from "mirage-wasm/drivers/net/udp";
import { Result } from "mirage-wasm/result";
import { Layer } from "./link";

/** A host of either version of IP, or of both. */
export abstract class IpHost extends Layer {
  /** Both versions', of which this is one. */
  both: IpHost | null = null;
  private knownUdp: Udp | null = null;

  /** It comes up at its first use, when arguments have been read. */
  abstract ip(): Ip;

  /** Blocks until it has an address. */
  abstract up(deadline: i64): Result;

  /** Blocks until it may speak to this one. */
  abstract upFor(address: Address, deadline: i64): Result;

  abstract address(): Address | null;
  abstract nameServers(): Address[];

  /** A call has left something to do. */
  abstract wake(): void;

  /** DHCP's, and others'. */
  get udp(): Udp {
    const both = this.both;
    if (both) return both.udp;
    let udp = this.knownUdp;
    if (!udp) this.knownUdp = udp = new Udp(this.ip(), random_u64());
    return udp;
  }
}
