import { Address } from "mirage-wasm/address";
import { Both } from "mirage-wasm/drivers/net/both";
import { Ip } from "mirage-wasm/drivers/net/ip";
import { NEVER } from "mirage-wasm/flow";
import { Result } from "mirage-wasm/result";
import { Ipv4Host } from "./ipv4-host";
import { Ipv6Host } from "./ipv6-host";
import { IpHost } from "./ip-host";

/** Both versions of IP, on one network or on two. */
export class BothHost extends IpHost {
  private known: Both | null = null;

  constructor(
    private readonly v4: Ipv4Host,
    private readonly v6: Ipv6Host,
  ) {
    super();
    v4.both = this;
    v6.both = this;
  }

  ip(): Ip {
    const known = this.known;
    if (known) return known;
    const both = new Both(this.v4.ip(), this.v6.ip());
    this.known = both;
    this.v4.link.add(this);
    return both;
  }

  step(now: i64): i64 {
    return this.known!.step(now);
  }

  /** IPv4's, or else IPv6's: a network may have one alone. */
  up(deadline: i64 = NEVER): Result {
    this.ip();
    return this.v6.address() ? Result.OK : this.v4.up(deadline);
  }

  upFor(address: Address, deadline: i64 = NEVER): Result {
    return address.isV4 ? this.v4.up(deadline) : this.v6.up(deadline);
  }

  address(): Address | null {
    const address = this.v4.address();
    return address ? address : this.v6.address();
  }

  nameServers(): Address[] {
    return this.v4.nameServers().concat(this.v6.nameServers());
  }

  wake(): void {
    this.v4.wake();
    this.v6.wake();
  }
}
