import { put16, put32 } from "mirage-wasm/drivers/net/bytes";
import { fold, pseudoSum, sum } from "mirage-wasm/drivers/net/checksum";
import { Ethernet } from "mirage-wasm/drivers/net/ethernet";
import { Icmpv6 } from "mirage-wasm/drivers/net/icmpv6";
import { Ipv6 } from "mirage-wasm/drivers/net/ipv6";
import { putHeader } from "mirage-wasm/drivers/net/ipv6-header";
import { Udp } from "mirage-wasm/drivers/net/udp";
import { storeMac } from "mirage-wasm/mac";
import { ethernet, frame, OUR_MAC, PEER_MAC, SECOND, Wire } from "./wire";

/** The upper halves of 2001:db8:1::/64, fe80::/64 and ff02::, and the lower ones of …::1, …::2 and …::9, as they lie in memory. */
export const GLOBAL: u64 = 0x0000_0100_b80d_0120;
export const LINK: u64 = 0x80fe;
export const GROUP: u64 = 0x02ff;
export const ONE: u64 = 1 << 56;
export const TWO: u64 = 2 << 56;
export const NINE: u64 = 9 << 56;

/** Where the payload of a packet of IPv6 stands in `frame` and in what is sent. */
export const BODY: usize = 54;
const ICMP: u32 = 58;

/** The stack under test, 2001:db8:1::2/64 with the router fe80::1, on a wire. */
export class Host6 {
  readonly wire: Wire;
  readonly ethernet: Ethernet;
  readonly ip: Ipv6;
  readonly icmp: Icmpv6;
  readonly udp: Udp;
  now: i64 = 1_000_000_000;

  constructor(mtu: i32 = 1500, seed: u64 = 7) {
    const wire = new Wire(mtu);
    const ethernet = new Ethernet(wire);
    const ip = new Ipv6(ethernet, 7, seed);
    this.wire = wire;
    this.ethernet = ethernet;
    this.ip = ip;
    this.icmp = new Icmpv6(ip);
    this.udp = new Udp(ip, 7);
    ip.addresses.begin(this.now);
  }

  /** Its addresses are its own, and the router is known. */
  static ready(mtu: i32 = 1500): Host6 {
    const host = new Host6(mtu);
    host.ip.addresses.add(GLOBAL, TWO, 64, host.now);
    host.ip.routers.attach(GLOBAL, 0, 64);
    host.ip.routers.add(LINK, ONE);
    host.settle();
    host.meet(LINK, ONE);
    host.meet(GLOBAL, ONE);
    return host;
  }

  settle(): void {
    for (let i = 0; i < 12; i++) this.pass(SECOND / 2);
    this.wire.sent.length = 0;
  }

  input(size: i32): void {
    this.ethernet.input(frame, size, this.now);
  }

  pass(duration: i64): i64 {
    this.now += duration;
    return this.ip.step(this.now);
  }

  /** The peer is known at this address. */
  meet(high: u64, low: u64): void {
    this.ip.ndp.meet(high, low, PEER_MAC, this.now);
  }
}

/** The headers of a packet from the peer to us, with a hop limit; returns the frame's size. */
export function ipv6(next: u32, payload: i32, fromHigh: u64 = GLOBAL, fromLow: u64 = ONE, toHigh: u64 = GLOBAL, toLow: u64 = TWO, hops: i32 = 64): i32 {
  ethernet(OUR_MAC, 0x86dd);
  putHeader(frame + 14, fromHigh, fromLow, toHigh, toLow, next, payload, hops);
  return <i32>BODY + payload;
}

/** Writes the checksum of `size` bytes of ICMP at `at`, and returns the frame's size. */
export function icmpv6(size: i32, fromHigh: u64 = GLOBAL, fromLow: u64 = ONE, toHigh: u64 = GLOBAL, toLow: u64 = TWO, hops: i32 = 64): i32 {
  store<u16>(frame + BODY, 0, 2);
  store<u16>(frame + BODY, <u16>~fold(sum(frame + BODY, size, pseudoSum(fromHigh, fromLow, toHigh, toLow, ICMP, size))), 2);
  return ipv6(ICMP, size, fromHigh, fromLow, toHigh, toLow, hops);
}

/** An echo request of `size` bytes of data. */
export function echo6(size: i32): i32 {
  store<u64>(frame + BODY, 0x0100_3412_0000_0080);
  for (let i = 0; i < size; i++) store<u8>(frame + BODY + 8 + i, <u8>(i * 31));
  return 8 + size;
}

/** A message of neighbour discovery about an address, with the peer's MAC as the option of this kind (0: none); its size. */
export function neighbour(type: u8, flags: u8, high: u64, low: u64, option: u8): i32 {
  store<u64>(frame + BODY, type);
  store<u8>(frame + BODY, flags, 4);
  store<u64>(frame + BODY, high, 8);
  store<u64>(frame + BODY, low, 16);
  if (!option) return 24;
  store<u16>(frame + BODY, <u16>option | 0x100, 24);
  storeMac(frame + BODY + 26, PEER_MAC);
  return 32;
}

/** A message of MLD to all nodes, or about one group to that, `size` bytes of it behind a router alert; returns the frame's size. */
export function mld(size: i32, time: u32, high: u64, low: u64, sources: u32 = 0, fromHigh: u64 = LINK, type: u8 = 130): i32 {
  const message = frame + BODY + 8;
  const toHigh = high ? high : GROUP;
  const toLow = high ? low : ONE;
  const fromLow = fromHigh ? ONE : 0;
  memory.fill(message, 0, max(size, 28));
  store<u8>(message, type);
  put16(message + 4, time);
  store<u64>(message, high, 8);
  store<u64>(message, low, 16);
  if (size >= 28) {
    store<u16>(message, 0x7d02, 24);
    put16(message + 26, sources);
  }
  store<u64>(frame + BODY, 0x0001_0000_0205_003a);
  ipv6(0, 8 + size, fromHigh, fromLow, toHigh, toLow, 1);
  return sealMld(size);
}

/** Writes the checksum of `size` bytes of it by the addresses that stand there; returns the frame's size. */
export function sealMld(size: i32): i32 {
  const message = frame + BODY + 8;
  const addresses = frame + 22;
  store<u16>(message, 0, 2);
  const pseudo = pseudoSum(load<u64>(addresses), load<u64>(addresses, 8), load<u64>(addresses, 16), load<u64>(addresses, 24), ICMP, size);
  store<u16>(message, <u16>~fold(sum(message, size, pseudo)), 2);
  return <i32>BODY + 8 + size;
}

/** An advertisement of a router, with a prefix of 64 bits; its size. */
export function router(lifetime: i32, high: u64, flags: u8, valid: u32, preferred: u32): i32 {
  const at = frame + BODY;
  memory.fill(at, 0, 48);
  store<u8>(at, 134);
  store<u8>(at, 61, 4);
  put16(at + 6, lifetime);
  store<u32>(at, 0x0000_0403 | (64 << 16) | (<u32>flags << 24), 16);
  put32(at + 20, valid);
  put32(at + 24, preferred);
  store<u64>(at, high, 32);
  return 48;
}
