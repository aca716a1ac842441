import { put16, put32 } from "mirage-wasm/drivers/net/bytes";
import { fold, pseudoSum, sum } from "mirage-wasm/drivers/net/checksum";
import { Arp } from "mirage-wasm/drivers/net/arp";
import { Both } from "mirage-wasm/drivers/net/both";
import { ARP, Ethernet, IPV4, IPV6 } from "mirage-wasm/drivers/net/ethernet";
import { Icmpv4 } from "mirage-wasm/drivers/net/icmpv4";
import { Icmpv6 } from "mirage-wasm/drivers/net/icmpv6";
import { ICMP, ICMPV6, lowOf, TCP, V4_HIGH } from "mirage-wasm/drivers/net/ip";
import { Ipv4 } from "mirage-wasm/drivers/net/ipv4";
import { Ipv6 } from "mirage-wasm/drivers/net/ipv6";
import { putHeader } from "mirage-wasm/drivers/net/ipv6-header";
import { Tcp } from "mirage-wasm/drivers/net/tcp/tcp";
import { storeMac } from "mirage-wasm/mac";
import { Link, OUR_MAC, PEER_MAC } from "./link";

export const SECOND: i64 = 1_000_000_000;

/** 10.0.0.2/24 and the peer 10.0.0.1, as they lie in memory; 2001:db8:1::2/64 and ::1. */
const OUR: u32 = 0x0200000a;
const PEER: u32 = 0x0100000a;
const HIGH: u64 = 0x0000_0100_b80d_0120;
const OUR_LOW: u64 = 2 << 56;
const PEER_LOW: u64 = 1 << 56;

const frame = heap.alloc(65_600);

/** The stack under test on a link, and a clock that goes only when it is told to. */
export class Host {
  now: i64 = 100 * SECOND;
  readonly link: Link;
  readonly tcp: Tcp;
  private readonly ethernet: Ethernet;
  private readonly arp: Arp;
  private readonly v4: Ipv4;
  private readonly v6: Ipv6;
  private readonly both: Both;
  /** Bytes of an IP header, and the addresses that connections are between. */
  readonly header: i32;
  readonly ourHigh: u64;
  readonly ourLow: u64;
  readonly peerHigh: u64;
  readonly peerLow: u64;

  constructor(
    readonly isV6: bool,
    mtu: i32,
  ) {
    const link = new Link(mtu);
    const ethernet = new Ethernet(link);
    const arp = new Arp(ethernet);
    const v4 = new Ipv4(ethernet, arp, 7);
    const v6 = new Ipv6(ethernet, 7, 7);
    const both = new Both(v4, v6);
    this.link = link;
    this.ethernet = ethernet;
    this.arp = arp;
    this.v4 = v4;
    this.v6 = v6;
    this.both = both;
    this.tcp = new Tcp(both, 7, 9);
    this.header = isV6 ? 40 : 20;
    this.ourHigh = isV6 ? HIGH : V4_HIGH;
    this.ourLow = isV6 ? OUR_LOW : lowOf(OUR);
    this.peerHigh = isV6 ? HIGH : V4_HIGH;
    this.peerLow = isV6 ? PEER_LOW : lowOf(PEER);
    new Icmpv4(v4);
    new Icmpv6(v6);
    v4.configure(OUR, 24, 0);
    v6.addresses.begin(this.now);
    v6.addresses.add(HIGH, OUR_LOW, 64, this.now);
    v6.routers.attach(HIGH, 0, 64);
    this.answer();
    // Until the addresses are its own (RFC 4862 section 5.4).
    this.run(this.now + 10 * SECOND);
  }

  /** Does what is due; returns when there is more. */
  private step(): i64 {
    while (true) {
      const next = min(min(this.both.step(this.now), this.arp.step(this.now)), min(this.v4.step(this.now), this.v6.step(this.now)));
      if (!this.link.isAsked) return next;
      this.answer();
    }
  }

  /** Time goes by until `until`, or until a segment is sent. True: one was. */
  run(until: i64): bool {
    while (true) {
      const next = this.step();
      if (this.link.sent.length) return true;
      if (next > until) {
        this.now = max(this.now, until);
        return false;
      }
      this.now = max(this.now, next);
    }
  }

  /** The peer tells its MAC. */
  private answer(): void {
    this.link.isAsked = false;
    this.v6.ndp.meet(HIGH, PEER_LOW, PEER_MAC, this.now);
    this.begin(ARP);
    const packet = frame + 14;
    store<u32>(packet, 0x00080100);
    store<u32>(packet, 0x01000406, 4);
    storeMac(packet + 8, PEER_MAC);
    store<u32>(packet, PEER, 14);
    storeMac(packet + 18, OUR_MAC);
    store<u32>(packet, OUR, 24);
    this.ethernet.input(frame, 42, this.now);
    this.link.isAsked = false;
  }

  private begin(type: u32): void {
    storeMac(frame, OUR_MAC);
    storeMac(frame + 6, PEER_MAC);
    put16(frame + 12, type);
  }

  /** Where the peer writes what is behind the header of IP. */
  get payload(): usize {
    return frame + 14 + this.header;
  }

  /** The segment of `size` bytes at `payload` arrives. `isWrong`: with another checksum than its own. */
  segment(size: i32, isWrong: bool): void {
    const at = this.payload;
    store<u16>(at, 0, 16);
    store<u16>(at, <u16>~fold(sum(at, size, pseudoSum(this.peerHigh, this.peerLow, this.ourHigh, this.ourLow, TCP, size))) ^ <u16>isWrong, 16);
    this.packet(TCP, size);
  }

  /** Somebody says by ICMP that a segment with these ports and this number did not arrive. `rest`: the four bytes behind the checksum. */
  complain(type: u8, code: u8, rest: u32, ports: u32, sequence: u32): void {
    const at = this.payload;
    store<u16>(at, <u16>type | (<u16>code << 8));
    store<u16>(at, 0, 2);
    put32(at + 4, rest);
    // What comes back of it: the header of IP, and eight bytes.
    const quoted = at + 8;
    const total = this.header + 8;
    if (this.isV6) putHeader(quoted, HIGH, OUR_LOW, HIGH, PEER_LOW, TCP, 1000, 60);
    else this.putHeader4(quoted, OUR, PEER, TCP, 1000);
    store<u32>(quoted + this.header, ports);
    put32(quoted + this.header + 4, sequence);
    const size = 8 + total;
    const pseudo = this.isV6 ? pseudoSum(HIGH, PEER_LOW, HIGH, OUR_LOW, ICMPV6, size) : 0;
    store<u16>(at, <u16>~fold(sum(at, size, pseudo)), 2);
    this.packet(this.isV6 ? ICMPV6 : ICMP, size);
  }

  private packet(protocol: u32, size: i32): void {
    this.begin(this.isV6 ? IPV6 : IPV4);
    if (this.isV6) putHeader(frame + 14, HIGH, PEER_LOW, HIGH, OUR_LOW, protocol, size, 64);
    else this.putHeader4(frame + 14, PEER, OUR, protocol, size);
    this.ethernet.input(frame, 14 + this.header + size, this.now);
    this.step();
  }

  private putHeader4(at: usize, from: u32, to: u32, protocol: u32, size: i32): void {
    store<u32>(at, 0x45);
    put16(at + 2, 20 + size);
    // Not to be cut.
    store<u32>(at, 0x00400000, 4);
    store<u8>(at, 64, 8);
    store<u8>(at, <u8>protocol, 9);
    store<u16>(at, 0, 10);
    store<u32>(at, from, 12);
    store<u32>(at, to, 16);
    store<u16>(at, <u16>~fold(sum(at, 20)), 10);
  }
}
