import { clock_monotonic, random_u64 } from "mirage-wasm/abi";
import { AddressArgument, argument, BoolArgument, CidrArgument, imageName } from "mirage-wasm/argument";
import { Address } from "mirage-wasm/address";
import { addressOf, low } from "mirage-wasm/drivers/net/address";
import { DhcpClient } from "mirage-wasm/drivers/net/dhcp/client";
import { Ip, lowOf, V4_HIGH, v4Of } from "mirage-wasm/drivers/net/ip";
import { Ipv4 as Core } from "mirage-wasm/drivers/net/ipv4";
import { Ipv4 } from "mirage-wasm/ipv4";
import { IcmpHost } from "./icmp-host";
import { Link } from "./link";
import { Neighbours } from "./neighbours";
import { VersionHost } from "./version-host";

/** IPv4 with an address that is fixed, or that DHCP gives. */
export class Ipv4Host extends VersionHost implements Ipv4 {
  private readonly ipv4: CidrArgument;
  private readonly gateway: AddressArgument;
  private readonly dynamic: BoolArgument;
  private known: Core | null = null;
  private dhcp: DhcpClient | null = null;
  /** Comes up with it. */
  icmp: IcmpHost | null = null;

  /** `group` stands before its arguments; then their defaults. */
  constructor(
    link: Link,
    private readonly neighbours: Neighbours,
    group: string,
    ipv4: string,
    gateway: string,
    dhcp: bool,
  ) {
    super(link);
    const options = argument.group(group);
    this.ipv4 = options.cidr("ipv4", ipv4, "The address, and how much of it is the network's.");
    this.gateway = options.address("ipv4-gateway", gateway, "Who passes on what is for other networks; 0.0.0.0: nobody.");
    this.dynamic = options.bool("dhcp", dhcp, "Take an address by DHCP, and not the one of --ipv4.");
  }

  /** It comes up at its first use. */
  get core(): Core {
    let core = this.known;
    if (core) return core;
    const link = this.link;
    this.known = core = new Core(link.core, this.neighbours.core, <u32>random_u64());
    link.add(this);
    const icmp = this.icmp;
    if (icmp) icmp.icmp();
    // Who says which address it has wants that one.
    if (this.dynamic.value && !this.ipv4.given) this.dhcp = new DhcpClient(core, this.neighbours.core, this.udp, link.mac(), imageName(), random_u64());
    else {
      const own = this.ipv4.value;
      core.configure(v4Of(low(own.address)), own.bits, v4Of(low(this.gateway.value)));
    }
    link.wake();
    return core;
  }

  get isThere(): bool {
    return this.known != null;
  }

  ip(): Ip {
    return this.core;
  }

  step(now: i64): i64 {
    const core = this.core;
    const before = core.address;
    const due = core.step(now);
    const dhcp = this.dhcp;
    const next = dhcp ? min(due, dhcp.step(now)) : due;
    if (core.address != before) this.changed.wake();
    return next;
  }

  protected isReady(): bool {
    return this.core.address != 0;
  }

  address(): Address | null {
    const address = this.core.address;
    return address ? addressOf(V4_HIGH, lowOf(address)) : null;
  }

  nameServers(): Address[] {
    const servers = new Array<Address>();
    const dhcp = this.dhcp;
    if (dhcp) for (let i = 0; i < dhcp.nameServerCount; i++) servers.push(addressOf(V4_HIGH, lowOf(dhcp.nameServers[i])));
    return servers;
  }
}
