import { Icmp } from "mirage-wasm/drivers/net/icmp";
import { Icmpv4 as Core } from "mirage-wasm/drivers/net/icmpv4";
import { Icmpv4 } from "mirage-wasm/icmpv4";
import { IcmpHost } from "./icmp-host";
import { Ipv4Host } from "./ipv4-host";

/** ICMP for IPv4, where an image has it. */
export class Icmpv4Host extends IcmpHost implements Icmpv4 {
  private known: Core | null = null;

  constructor(private readonly ipv4: Ipv4Host) {
    super(ipv4);
    ipv4.icmp = this;
    if (ipv4.isThere) this.icmp();
  }

  /** It is there with IPv4. */
  icmp(): Icmp {
    let known = this.known;
    if (!known) this.known = known = new Core(this.ipv4.core);
    return known;
  }
}
