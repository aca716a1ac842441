import { clock_monotonic, random_u64 } from "mirage-wasm/abi";
import { AddressArgument, argument, BoolArgument, CidrArgument, imageName } from "mirage-wasm/argument";
import { Address } from "mirage-wasm/address";
import { Datagrams } from "mirage-wasm/datagrams";
import { addressOf, low } from "mirage-wasm/drivers/net/address";
import { DhcpClient } from "mirage-wasm/drivers/net/dhcp/client";
import { Ip, lowOf, V4_HIGH, v4Of } from "mirage-wasm/drivers/net/ip";
import { Ipv4 as Core } from "mirage-wasm/drivers/net/ipv4";
import { NEVER } from "mirage-wasm/flow";
import { Ipv4 } from "mirage-wasm/ipv4";
import { failed, Outcome, Result } from "mirage-wasm/result";
import { IcmpHost } from "./icmp-host";
import { IpHost } from "./ip-host";
import { Link } from "./link";
import { Neighbours } from "./neighbours";
import { Packets } from "./packets";
import { Signal } from "./signal";

/** IPv4 with an address that is fixed, or that DHCP gives. */
export class Ipv4Host extends IpHost implements Ipv4 {
  private readonly ipv4: CidrArgument;
  private readonly gateway: AddressArgument;
  private readonly dynamic: BoolArgument;
  private readonly changed: Signal = new Signal();
  private known: Core | null = null;
  private dhcp: DhcpClient | null = null;
  /** Comes up with it. */
  icmp: IcmpHost | null = null;

  /** `group` stands before its arguments; then their defaults. */
  constructor(
    readonly link: Link,
    private readonly neighbours: Neighbours,
    group: string,
    ipv4: string,
    gateway: string,
    dhcp: bool,
  ) {
    super();
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

  wake(): void {
    this.link.wake();
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

  up(deadline: i64 = NEVER): Result {
    const core = this.core;
    while (!core.address) {
      const result = this.changed.wait(deadline);
      if (result != Result.OK) return result;
    }
    return Result.OK;
  }

  upFor(address: Address, deadline: i64 = NEVER): Result {
    return this.up(deadline);
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

  open(protocol: u8): Outcome<Datagrams> {
    return this.core.find(protocol) ? failed<Datagrams>(Result.CLOSED) : new Outcome<Datagrams>(Result.OK, new Packets(this, protocol));
  }
}
