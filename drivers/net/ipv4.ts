// IPv4 (RFC 791) as a host's: RFC 1122 section 3.

import { Counter } from "mirage-wasm/metrics";
import { BROADCAST } from "mirage-wasm/mac";
import { Arp } from "./arp";
import { get16, put16 } from "./bytes";
import { fold, sum } from "./checksum";
import { Ethernet, IPV4, Payload } from "./ethernet";
import { isV4, lowOf, TCP, Unreachable, V4_HIGH, v4Of } from "./ip";
import { Listening } from "./groups";
import { ALL_HOSTS, Igmp } from "./igmp";
import { ALERT, ALERT_SIZE, CHECKSUM, DESTINATION, DONT_FRAGMENT, FRAGMENT, HEADER_SIZE, headSize, IDENTIFICATION, LENGTH, MORE_FRAGMENTS, OFFSET, PROTOCOL, SOURCE, TTL } from "./ipv4-header";
import { IpVersion } from "./ip-version";

/** RFC 1340: what hosts begin with. */
const INITIAL_TTL: u8 = 64;
const MAX_SIZE: i32 = 65535;
/** Version, words of a header with an option, and the type of service of what controls the network (RFC 3376 section 4). */
const ALERTING: u16 = 0xc046;
/** Of a path: section 3.2 has 68; links of today have 576 and more. */
const LEAST_MTU: i32 = 552;
/** ICMP's types and codes, by which a packet's sender is told of it (RFC 792; RFC 1122 section 3.3.2 of the last two). */
const UNREACHABLE: u32 = 3;
const NO_PROTOCOL: u32 = 2;
const NO_PORT: u32 = 3;
const TIME_EXCEEDED: u32 = 11;
const REASSEMBLY: u32 = 1;
/** Options of section 3.1 that say which way a packet goes: such packets are dropped (RFC 7126 sections 4.3 and 4.4). */
const LOOSE_ROUTE: u8 = 131;
const STRICT_ROUTE: u8 = 137;

const receivedCount = new Counter("ipv4.received");
const malformedCount = new Counter("ipv4.malformed");
const checksumsCount = new Counter("ipv4.checksum-errors");
const foreignCount = new Counter("ipv4.foreign");
const sentCount = new Counter("ipv4.sent");
const unroutableCount = new Counter("ipv4.no-route");

class Frames extends Payload {
  constructor(private readonly ip: Ipv4) {
    super(IPV4);
  }

  input(packet: usize, size: i32, toAll: bool, now: i64): void {
    this.ip.receive(packet, size, toAll, now);
  }
}

export class Ipv4 extends IpVersion {
  /** The own address, 0 while there is none, with the mask of its network and a router to all others or 0; as they lie in memory. */
  private own: u32 = 0;
  private mask: u32 = 0;
  private gateway: u32 = 0;
  private identification: u32;
  /** IGMP, once a group is joined. */
  private groups: Listening | null = null;

  /** `random` is where identifications begin. */
  constructor(
    ethernet: Ethernet,
    private readonly arp: Arp,
    random: u32,
  ) {
    super(ethernet, HEADER_SIZE, MAX_SIZE, LEAST_MTU);
    this.identification = random;
    ethernet.add(new Frames(this));
    arp.host = this;
  }

  /** Takes an address, 0 for none: what was said to the old one is for nobody. */
  configure(address: u32, bits: i32, gateway: u32): void {
    this.own = address;
    this.mask = bits ? bswap<u32>(<u32>-1 << (32 - bits)) : 0;
    this.gateway = gateway;
    this.arp.claim(address);
  }

  get address(): u32 {
    return this.own;
  }

  route(toHigh: u64, toLow: u64): bool {
    this.sourceHigh = V4_HIGH;
    const to = v4Of(toLow);
    this.sourceLow = lowOf(isLoopback(to) ? to : this.own);
    return isV4(toHigh, toLow) && (isLoopback(to) || (this.own != 0 && this.hop(to) != 0));
  }

  isForMany(high: u64, low: u64): bool {
    return isV4(high, low) && (isMulticast(v4Of(low)) || this.isBroadcast(v4Of(low)));
  }

  join(high: u64, low: u64): bool {
    if (!isV4(high, low) || !isMulticast(v4Of(low))) return false;
    let groups = this.groups;
    if (!groups) this.groups = groups = new Igmp(this);
    return groups.join(high, low);
  }

  leave(high: u64, low: u64): void {
    const groups = this.groups;
    if (groups) groups.leave(high, low);
  }

  private hears(to: u32): bool {
    const groups = this.groups;
    return to == ALL_HOSTS || (groups != null && groups.has(V4_HIGH, lowOf(to)));
  }

  /** Is it a host of this link's, or one that has no address yet? */
  isOnLink(from: u32): bool {
    return !from || !((from ^ this.own) & this.mask);
  }

  room(toHigh: u64, toLow: u64): i32 {
    return (this.isHere(v4Of(toLow)) ? this.ethernet.mtu : this.paths.of(V4_HIGH, toLow)) - HEADER_SIZE;
  }

  send(fromHigh: u64, fromLow: u64, toHigh: u64, toLow: u64, protocol: u32, size: i32, now: i64): bool {
    const to = v4Of(toLow);
    const total = HEADER_SIZE + size;
    if (total > MAX_SIZE) return false;
    const packet = this.written;
    store<u16>(packet, 0x45);
    store<u8>(packet, INITIAL_TTL, TTL);
    store<u8>(packet, <u8>protocol, PROTOCOL);
    store<u32>(packet, v4Of(fromLow), SOURCE);
    store<u32>(packet, to, DESTINATION);
    sentCount.add();
    if (this.isHere(to)) {
      this.finish(packet, HEADER_SIZE, total, 0, 0);
      return this.loop.push(packet, total);
    }
    const most = this.paths.of(V4_HIGH, toLow);
    // RFC 1191 section 3 for TCP, which makes packets that fit; RFC 6864 section 4: one that is not cut needs no identification.
    if (total <= most) {
      this.finish(packet, HEADER_SIZE, total, 0, protocol == TCP ? DONT_FRAGMENT : 0);
      if (this.isLarge) memory.copy(this.ethernet.buffer(), packet, total);
      return this.transmit(to, total, now);
    }
    return this.sendFragments(to, size, most, now);
  }

  /** Section 3.2: each holds a multiple of 8 bytes, but for the last. */
  private sendFragments(to: u32, size: i32, most: i32, now: i64): bool {
    const part = (most - HEADER_SIZE) & ~7;
    const identification = ++this.identification & 0xffff;
    const packet = this.setAside(HEADER_SIZE + size);
    let sent = true;
    for (let at = 0; at < size; at += part) {
      const length = min(part, size - at);
      const fragment = this.ethernet.buffer();
      memory.copy(fragment, packet, HEADER_SIZE);
      memory.copy(fragment + HEADER_SIZE, packet + HEADER_SIZE + at, length);
      this.finish(fragment, HEADER_SIZE, HEADER_SIZE + length, identification, (<u32>at >> 3) | (at + length < size ? MORE_FRAGMENTS : 0));
      if (!this.transmit(to, HEADER_SIZE + length, now)) sent = false;
    }
    return sent;
  }

  /** Where a message to routers of the link is to be written. */
  alertBuffer(): usize {
    return this.ethernet.buffer() + HEADER_SIZE + ALERT_SIZE;
  }

  /** Sends the `size` bytes there to a group: they go no farther than the link, and routers look at them (RFC 3376 section 4). */
  alert(to: u32, protocol: u32, size: i32): void {
    const packet = this.ethernet.buffer();
    const head = HEADER_SIZE + ALERT_SIZE;
    store<u16>(packet, ALERTING);
    store<u8>(packet, 1, TTL);
    store<u8>(packet, <u8>protocol, PROTOCOL);
    store<u32>(packet, this.own, SOURCE);
    store<u32>(packet, to, DESTINATION);
    store<u32>(packet, ALERT, HEADER_SIZE);
    this.finish(packet, head, head + size, 0, 0);
    sentCount.add();
    this.ethernet.send(multicastMac(to), IPV4, head + size);
  }

  private finish(packet: usize, head: i32, total: i32, identification: u32, fragment: u32): void {
    put16(packet + LENGTH, total);
    put16(packet + IDENTIFICATION, identification);
    put16(packet + FRAGMENT, fragment);
    store<u16>(packet, 0, CHECKSUM);
    store<u16>(packet, <u16>~fold(sum(packet, head)), CHECKSUM);
  }

  /** Sends what lies in the frame's buffer. */
  private transmit(to: u32, total: i32, now: i64): bool {
    if (isMulticast(to)) return this.ethernet.send(multicastMac(to), IPV4, total);
    if (this.isBroadcast(to)) return this.ethernet.send(BROADCAST, IPV4, total);
    const hop = this.hop(to);
    if (!hop) {
      unroutableCount.add();
      return false;
    }
    const mac = this.arp.find(V4_HIGH, lowOf(hop), now);
    if (mac) return this.ethernet.send(mac, IPV4, total);
    this.arp.keep(V4_HIGH, lowOf(hop), this.ethernet.buffer(), total, now);
    return true;
  }

  /** Whom on this link packets to an address go to, or 0. */
  private hop(to: u32): u32 {
    return !((to ^ this.own) & this.mask) || isMulticast(to) || to == <u32>-1 ? to : this.gateway;
  }

  private isHere(to: u32): bool {
    return (to == this.own && this.own != 0) || isLoopback(to);
  }

  private isBroadcast(to: u32): bool {
    return to == <u32>-1 || (this.own != 0 && !((to ^ this.own) & this.mask) && (to | this.mask) == <u32>-1 && this.mask != <u32>-1);
  }

  /** A packet that a frame brought. */
  receive(packet: usize, size: i32, toAll: bool, now: i64): void {
    receivedCount.add();
    if (!this.isWhole(packet, size)) return;
    const from = load<u32>(packet, SOURCE);
    const to = load<u32>(packet, DESTINATION);
    const isForAll = isMulticast(to) ? this.hears(to) : this.isBroadcast(to);
    // RFC 1122 section 3.2.1.3: no source is many hosts or this one, and loopback never comes from outside; section 3.3.6: a
    // frame to all holds no packet to one.
    const isForeign = isMulticast(from) || this.isBroadcast(from) || isLoopback(from) || isLoopback(to) || (from == this.own && from != 0);
    if (isForeign || (toAll && !isForAll) || (!isForAll && (to != this.own || !to))) {
      foreignCount.add();
      return;
    }
    this.deliver(packet, isForAll, now);
  }

  private deliver(packet: usize, isForAll: bool, now: i64): void {
    const head = headSize(packet);
    const total = <i32>get16(packet + LENGTH);
    const fragment = get16(packet + FRAGMENT);
    if (!(fragment & (MORE_FRAGMENTS | OFFSET))) {
      this.pass(packet, packet + head, total - head, isForAll, now);
      return;
    }
    const from = lowOf(load<u32>(packet, SOURCE));
    const to = lowOf(load<u32>(packet, DESTINATION));
    const kind = (<u64>get16(packet + IDENTIFICATION) << 8) | load<u8>(packet, PROTOCOL);
    const at = (fragment & OFFSET) << 3;
    const isLast = !(fragment & MORE_FRAGMENTS);
    const whole = this.fragments.input(packet, head, packet + head, total - head, V4_HIGH, from, V4_HIGH, to, kind, at, isLast, now);
    if (!whole) return;
    this.pass(whole, whole + headSize(whole), this.fragments.size, isForAll, now);
    this.fragments.release();
  }

  private pass(packet: usize, payload: usize, size: i32, isForAll: bool, now: i64): void {
    const from = lowOf(load<u32>(packet, SOURCE));
    const to = lowOf(load<u32>(packet, DESTINATION));
    const protocol = this.find(load<u8>(packet, PROTOCOL));
    this.received = packet;
    // RFC 1122 section 3.2.2.1: its sender is told that there is no such protocol, or port, when it spoke to us alone.
    const isTaken = protocol ? protocol.input(V4_HIGH, from, V4_HIGH, to, payload, size, now) : false;
    const complaints = this.complaints;
    if (!isTaken && complaints && !isForAll) complaints.complain(UNREACHABLE, protocol ? NO_PORT : NO_PROTOCOL, 0, packet, <i32>(payload - packet) + size, now);
  }

  /** Header, lengths and checksum, and no option that chooses a way. */
  private isWhole(packet: usize, size: i32): bool {
    const head = size < HEADER_SIZE ? 0 : headSize(packet);
    const total = head ? <i32>get16(packet + LENGTH) : 0;
    if (!head || load<u8>(packet) >> 4 != 4 || head < HEADER_SIZE || total < head || total > size) {
      malformedCount.add();
      return false;
    }
    if (fold(sum(packet, head)) != 0xffff) {
      checksumsCount.add();
      return false;
    }
    if (head == HEADER_SIZE || !isRouted(packet, head)) return true;
    malformedCount.add();
    return false;
  }

  /** A packet of this host's did not arrive, as somebody says who has sent back its beginning. */
  wasLost(packet: usize, size: i32, why: Unreachable, now: i64): void {
    const head = size < HEADER_SIZE ? 0 : headSize(packet);
    // RFC 1122 section 3.2.2: 8 bytes of what is behind the header are always there.
    if (head < HEADER_SIZE || size < head + 8 || load<u32>(packet, SOURCE) != this.own) return;
    const protocol = this.find(load<u8>(packet, PROTOCOL));
    const from = lowOf(load<u32>(packet, SOURCE));
    const to = lowOf(load<u32>(packet, DESTINATION));
    if (protocol) protocol.unreachable(V4_HIGH, from, V4_HIGH, to, packet + head, size - head, why, now);
  }

  /** Somebody on the way to `to` takes no more than `mtu` bytes (RFC 1191). */
  narrow(to: u32, mtu: i32, now: i64): void {
    this.paths.lower(V4_HIGH, lowOf(to), mtu, now);
  }

  /** Does what is due, for all above too. */
  step(now: i64): i64 {
    while (this.loop.pop()) {
      const to = load<u32>(this.loop.packet, DESTINATION);
      if (this.isHere(to)) this.deliver(this.loop.packet, false, now);
    }
    if (this.paths.due <= now) this.paths.step(now);
    const waits = this.expire(TIME_EXCEEDED, REASSEMBLY, now);
    const due = min(min(this.paths.due, waits), this.stepAll(now));
    return this.loop.isEmpty ? due : now;
  }
}

// @ts-ignore: decorator
@inline
export function isMulticast(address: u32): bool {
  return (address & 0xf0) == 0xe0;
}

// @ts-ignore: decorator
@inline
function isLoopback(address: u32): bool {
  return (address & 0xff) == 127;
}

/** RFC 1112 section 6.4. */
function multicastMac(address: u32): u64 {
  return 0x5e0001 | (<u64>(address & 0xffff7f00) << 16);
}

/** Does an option say which way the packet is to go? What is no list of options is taken for one that does. */
function isRouted(packet: usize, head: i32): bool {
  for (let at = HEADER_SIZE; at < head; ) {
    const kind = load<u8>(packet + at);
    if (kind == 0) return false;
    if (kind == LOOSE_ROUTE || kind == STRICT_ROUTE) return true;
    const length = kind == 1 ? 1 : at + 1 < head ? <i32>load<u8>(packet + at + 1) : 0;
    if (!length || (kind != 1 && length < 2) || at + length > head) return true;
    at += length;
  }
  return false;
}
