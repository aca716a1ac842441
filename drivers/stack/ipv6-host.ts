import { clock_monotonic, random_u64 } from "mirage-wasm/abi";
import { AddressArgument, argument, BoolArgument, CidrArgument, imageName } from "mirage-wasm/argument";
import { Address } from "mirage-wasm/address";
import { hashOf } from "mirage-wasm/drivers/name-hash";
import { addressOf, high, low } from "mirage-wasm/drivers/net/address";
import { Icmpv6 } from "mirage-wasm/drivers/net/icmpv6";
import { Ip } from "mirage-wasm/drivers/net/ip";
import { Ipv6 as Core } from "mirage-wasm/drivers/net/ipv6";
import { highMask, isLinkLocal, lowMask } from "mirage-wasm/drivers/net/ipv6-header";
import { Ipv6 } from "mirage-wasm/ipv6";
import { Link } from "./link";
import { VersionHost } from "./version-host";

/** IPv6 with an address that is fixed, or with those of the prefixes that routers tell; or with that of the link alone. */
export class Ipv6Host extends VersionHost implements Ipv6 {
  private readonly ipv6: CidrArgument;
  private readonly gateway: AddressArgument;
  private readonly accepts: BoolArgument;
  private known: Core | null = null;
  private knownIcmp: Icmpv6 | null = null;
  private isUp: bool = false;

  /** `group` stands before its arguments; then their defaults. */
  constructor(
    link: Link,
    group: string,
    ipv6: string,
    gateway: string,
    accepts: bool,
  ) {
    super(link);
    const options = argument.group(group);
    this.ipv6 = options.cidr("ipv6", ipv6, "An address, and how much of it is the network's; ::/0: none but those that routers make.");
    this.gateway = options.address("ipv6-gateway", gateway, "Who passes on what is for other networks; ::: who routers say.");
    this.accepts = options.bool("accept-ra", accepts, "Hear what routers say.");
  }

  get core(): Core {
    let core = this.known;
    if (core) return core;
    const link = this.link;
    // Addresses are to be the same after each start.
    this.known = core = new Core(link.core, random_u64(), hashOf(imageName()));
    this.knownIcmp = new Icmpv6(core);
    link.add(this);
    const now = clock_monotonic();
    core.addresses.begin(now);
    const own = this.ipv6.value;
    if (own.bits) {
      core.addresses.add(high(own.address), low(own.address), own.bits, now);
      core.routers.attach(high(own.address) & highMask(own.bits), low(own.address) & lowMask(own.bits), own.bits);
    }
    const gateway = this.gateway.value;
    if (high(gateway) | low(gateway)) core.routers.add(high(gateway), low(gateway));
    if (this.accepts.value) core.routers.accept(now);
    link.wake();
    return core;
  }

  get icmp(): Icmpv6 {
    this.core;
    return this.knownIcmp!;
  }

  ip(): Ip {
    return this.core;
  }

  step(now: i64): i64 {
    const core = this.core;
    const due = core.step(now);
    const isUp = this.isReady();
    if (isUp && !this.isUp) this.changed.wake();
    this.isUp = isUp;
    return due;
  }

  /** An address that others know; or only the link's, where nobody makes one. */
  protected isReady(): bool {
    const core = this.core;
    return core.addresses.isGlobal || (core.addresses.isSettled && !core.routers.isAsking);
  }

  address(): Address | null {
    const all = this.core.addresses.all;
    let found: Address | null = null;
    for (let i = 0; i < all.length; i++) {
      if (all[i].isTentative || (found && isLinkLocal(all[i].high))) continue;
      found = addressOf(all[i].high, all[i].low);
      if (!isLinkLocal(all[i].high)) break;
    }
    return found;
  }

  nameServers(): Address[] {
    const servers = new Array<Address>();
    const told = this.core.routers.servers;
    for (let i = 0; i < told.length; i++) servers.push(addressOf(told[i].high, told[i].low));
    return servers;
  }
}
