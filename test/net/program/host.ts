import { Arp } from "mirage-wasm/drivers/net/arp";
import { Ethernet } from "mirage-wasm/drivers/net/ethernet";
import { Icmpv4 } from "mirage-wasm/drivers/net/icmpv4";
import { Ipv4 } from "mirage-wasm/drivers/net/ipv4";
import { Udp } from "mirage-wasm/drivers/net/udp";
import { arp, frame, OUR, PEER, Wire } from "./wire";

/** The stack under test, 10.0.0.2/24 with the router 10.0.0.1, on a wire. */
export class Host {
  readonly wire: Wire;
  readonly ethernet: Ethernet;
  readonly arp: Arp;
  readonly ip: Ipv4;
  readonly icmp: Icmpv4;
  readonly udp: Udp;
  now: i64 = 1_000_000_000;

  constructor(mtu: i32 = 1500) {
    const wire = new Wire(mtu);
    const ethernet = new Ethernet(wire);
    const arp = new Arp(ethernet);
    const ip = new Ipv4(ethernet, arp, 7);
    this.wire = wire;
    this.ethernet = ethernet;
    this.arp = arp;
    this.ip = ip;
    this.icmp = new Icmpv4(ip);
    this.udp = new Udp(ip, 7);
    this.ip.configure(OUR, 24, PEER);
    this.wire.take();
  }

  /** What stands in `frame` arrives. */
  input(size: i32): void {
    this.ethernet.input(frame, size, this.now);
  }

  /** Time passes, and what is due is done. */
  pass(duration: i64): i64 {
    this.now += duration;
    return min(this.ip.step(this.now), this.arp.step(this.now));
  }

  /** The peer's address is known. */
  meet(): Host {
    this.input(arp(1, PEER, OUR));
    this.wire.take();
    return this;
  }
}
