import { Icmp } from "mirage-wasm/drivers/net/icmp";
import { Icmpv6 } from "mirage-wasm/icmpv6";
import { IcmpHost } from "./icmp-host";
import { Ipv6Host } from "./ipv6-host";

/** ICMPv6, without which there is no IPv6. */
export class Icmpv6Host extends IcmpHost implements Icmpv6 {
  constructor(private readonly ipv6: Ipv6Host) {
    super(ipv6);
  }

  icmp(): Icmp {
    return this.ipv6.icmp;
  }
}
