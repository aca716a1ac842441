import { random_u64 } from "mirage-wasm/abi";
import { Ip, v4Of } from "mirage-wasm/drivers/net/ip";
import { LOOPBACK_LOW } from "mirage-wasm/drivers/net/ipv6-header";
import { Tcp } from "mirage-wasm/drivers/net/tcp/tcp";
import { Udp } from "mirage-wasm/drivers/net/udp";

/** One version of IP, with ports of its own: a socket of wasi:sockets has one version. */
export class Family {
  readonly udp: Udp;
  readonly tcp: Tcp;

  constructor(
    readonly isV6: bool,
    readonly ip: Ip,
  ) {
    this.udp = new Udp(ip, random_u64());
    this.tcp = new Tcp(ip, random_u64(), random_u64());
  }

  isUnspecified(high: u64, low: u64): bool {
    return this.isV6 ? !(high | low) : !v4Of(low);
  }

  isLoopback(high: u64, low: u64): bool {
    return this.isV6 ? !high && low == LOOPBACK_LOW : (v4Of(low) & 0xff) == 127;
  }

  /** Is it all addresses, or one of this host's? What goes to one's own comes from it. */
  isOwn(high: u64, low: u64): bool {
    const ip = this.ip;
    return this.isUnspecified(high, low) || (!ip.isForMany(high, low) && ip.route(high, low) && ip.sourceHigh == high && ip.sourceLow == low);
  }
}
