// The host that sockets are on: our own stack on the shim's vif, of both versions of IP.

import { clock_monotonic, random_u64 } from "mirage-wasm/abi";
import { Address, Cidr } from "mirage-wasm/address";
import { addressOf, high, low } from "mirage-wasm/drivers/net/address";
import { Arp } from "mirage-wasm/drivers/net/arp";
import { DhcpClient } from "mirage-wasm/drivers/net/dhcp/client";
import { Ethernet } from "mirage-wasm/drivers/net/ethernet";
import { Icmpv4 } from "mirage-wasm/drivers/net/icmpv4";
import { Icmpv6 } from "mirage-wasm/drivers/net/icmpv6";
import { lowOf, NO_DEADLINE, V4_HIGH, v4Of } from "mirage-wasm/drivers/net/ip";
import { Ipv4 } from "mirage-wasm/drivers/net/ipv4";
import { Ipv6 } from "mirage-wasm/drivers/net/ipv6";
import { highMask, isLinkLocal, lowMask } from "mirage-wasm/drivers/net/ipv6-header";
import { Family } from "./family";
import { Frames } from "./frames";
import { Settings } from "./settings";

/** Frames that are taken before what they lead to is done. */
const BATCH: i32 = 64;

export class Host {
  readonly v4: Family;
  readonly v6: Family;
  private readonly frames: Frames;
  private readonly ethernet: Ethernet;
  private readonly arp: Arp;
  private readonly ip4: Ipv4;
  private readonly ip6: Ipv6;
  private dhcp: DhcpClient | null = null;

  /** `name` is what DHCP's server is told; addresses of IPv6 follow from `seed`, so that they are the same after each start. */
  constructor(
    mac: u64,
    mtu: i32,
    name: string,
    seed: u64,
    private readonly settings: Settings,
  ) {
    const frames = new Frames(mac, mtu);
    const ethernet = new Ethernet(frames);
    const arp = new Arp(ethernet);
    const ip4 = new Ipv4(ethernet, arp, <u32>random_u64());
    const ip6 = new Ipv6(ethernet, random_u64(), seed);
    const v4 = new Family(false, ip4);
    this.frames = frames;
    this.ethernet = ethernet;
    this.arp = arp;
    this.ip4 = ip4;
    this.ip6 = ip6;
    this.v4 = v4;
    this.v6 = new Family(true, ip6);
    new Icmpv4(ip4);
    new Icmpv6(ip6);
    const own = settings.ipv4;
    if (own) ip4.configure(v4Of(low(own.address)), own.bits, settings.gateway4 ? v4Of(low(settings.gateway4!)) : 0);
    else this.dhcp = new DhcpClient(ip4, arp, v4.udp, mac, name, random_u64());
    this.configure6();
  }

  private configure6(): void {
    const now = clock_monotonic();
    const ip6 = this.ip6;
    const own = this.settings.ipv6;
    const gateway = this.settings.gateway6;
    ip6.addresses.begin(now);
    if (own) {
      ip6.addresses.add(high(own.address), low(own.address), own.bits, now);
      ip6.routers.attach(high(own.address) & highMask(own.bits), low(own.address) & lowMask(own.bits), own.bits);
    }
    if (gateway) ip6.routers.add(high(gateway), low(gateway));
    ip6.routers.accept(now);
  }

  of(isV6: bool): Family {
    return isV6 ? this.v6 : this.v4;
  }

  /** Takes frames that are there. True: there may be more. */
  input(now: i64): bool {
    const frames = this.frames;
    for (let count = 0; count < BATCH; count++) {
      const size = frames.receive();
      if (!size) return false;
      this.ethernet.input(frames.frame(), size, now);
    }
    return true;
  }

  /** Does what is due. Returns when there is something to do next. */
  step(now: i64): i64 {
    const due = min(this.ip4.step(now), min(this.arp.step(now), this.ip6.step(now)));
    const dhcp = this.dhcp;
    return dhcp ? min(due, dhcp.step(now)) : due;
  }

  /** Has it the address that others are to reach it by? */
  get isUp(): bool {
    return this.ip4.address != 0 || this.ip6.addresses.isGlobal;
  }

  get has6(): bool {
    return this.ip6.addresses.isGlobal;
  }

  /** Is there a connection whose other side may not have all? */
  get isBusy(): bool {
    return this.v4.tcp.isBusy || this.v6.tcp.isBusy;
  }

  /** The addresses that others know, for people. */
  toString(): string {
    let text = this.ip4.address ? addressOf(V4_HIGH, lowOf(this.ip4.address)).toString() : "";
    const all = this.ip6.addresses.all;
    for (let i = 0; i < all.length; i++) {
      if (all[i].isTentative || isLinkLocal(all[i].high)) continue;
      text += (text.length ? ", " : "") + addressOf(all[i].high, all[i].low).toString();
    }
    return text;
  }

  nameServers(): Address[] {
    if (this.settings.nameServers.length) return this.settings.nameServers;
    const servers: Address[] = [];
    const dhcp = this.dhcp;
    if (dhcp) for (let i = 0; i < dhcp.nameServerCount; i++) servers.push(addressOf(V4_HIGH, lowOf(dhcp.nameServers[i])));
    const told = this.ip6.routers.servers;
    for (let i = 0; i < told.length; i++) servers.push(addressOf(told[i].high, told[i].low));
    return servers;
  }
}
