// IPv6 (RFC 8200) as a host's.

import { Counter } from "mirage-wasm/metrics";
import { get16, get32, put16, put32 } from "./bytes";
import { Ethernet, IPV6, Payload } from "./ethernet";
import { Ip, Unreachable } from "./ip";
import { checkOptions, FRAGMENT, HOP_BY_HOP, isExtension, NO_NEXT, optionsPointer, ROUTING, sizeOf, UNKNOWN_TO_ONE } from "./ipv6-extensions";
import { DESTINATION, groupMac, HEADER_SIZE, HOPS, isLoopback6, isMulticast6, LENGTH, LOOPBACK_LOW, NEXT, putHeader, SOURCE } from "./ipv6-header";
import { Addresses } from "./ipv6-addresses";
import { Loop } from "./loop";
import { Ndp } from "./ndp";
import { Undelivered } from "./neighbours";
import { PathMtu } from "./path-mtu";
import { Reassembly } from "./reassembly";
import { Routers } from "./routers";

/** RFC 8200 section 5: what every link takes. */
export const LEAST_MTU: i32 = 1280;
/** Section 4.5. */
const FRAGMENT_SIZE: i32 = 8;
const MAX_SIZE: i32 = 65535 + HEADER_SIZE;
/** Headers that a packet may have before what it carries: more are nobody's honest ones. */
const MOST_HEADERS: i32 = 8;

/** ICMP's: a problem with a header, and its codes (RFC 4443 section 3.4). */
const PARAMETER_PROBLEM: u32 = 4;
const WRONG_FIELD: u32 = 0;
const UNKNOWN_HEADER: u32 = 1;
const UNKNOWN_OPTION: u32 = 2;
const UNREACHABLE: u32 = 1;
const NO_PORT: u32 = 4;
const TIME_EXCEEDED: u32 = 3;
const REASSEMBLY: u32 = 1;

/** Who tells senders that their packets did not arrive: ICMP, where an image has it. */
export interface Complaints6 {
  /** About a packet for this host, from its header on; `rest`: the four bytes behind the checksum. */
  complain(type: u32, code: u32, rest: u32, packet: usize, size: i32, now: i64): void;
}

const receivedCount = new Counter("ipv6.received");
const malformedCount = new Counter("ipv6.malformed");
const foreignCount = new Counter("ipv6.foreign");
const sentCount = new Counter("ipv6.sent");
const unroutableCount = new Counter("ipv6.no-route");

class Frames extends Payload {
  constructor(private readonly ip: Ipv6) {
    super(IPV6);
  }

  input(packet: usize, size: i32, toAll: bool, now: i64): void {
    this.ip.receive(packet, size, now);
  }
}

class Lost extends Undelivered {
  constructor(private readonly ip: Ipv6) {
    super();
  }

  undelivered(packet: usize, size: i32, now: i64): void {
    this.ip.wasLost(packet, size, Unreachable.HOST, now);
  }
}

export class Ipv6 extends Ip {
  complaints: Complaints6 | null = null;
  readonly ndp!: Ndp;
  readonly addresses!: Addresses;
  readonly routers!: Routers;
  readonly paths: PathMtu;
  /** Hop limit of what is sent; a router may say another (RFC 4861 section 6.3.4). */
  hops: i32 = 64;
  /** That of the packet which is being passed on to a protocol. */
  receivedHops: i32 = 0;
  private identification: u32;
  /** Room for a packet that goes in fragments; none until there is one. */
  private large: usize = 0;
  private isLarge: bool = false;
  private readonly fragments: Reassembly = new Reassembly();
  private readonly loop: Loop = new Loop();
  /** A header without the ones behind it. */
  private readonly bare: usize = heap.alloc(HEADER_SIZE);

  /** `random`: where identifications begin; `seed`: whence addresses and delays follow (RFC 7217 section 5). */
  constructor(
    readonly ethernet: Ethernet,
    random: u32,
    seed: u64,
  ) {
    super();
    this.identification = random;
    this.paths = new PathMtu(ethernet.mtu, LEAST_MTU);
    const ndp = new Ndp(ethernet, this);
    this.ndp = ndp;
    this.addresses = new Addresses(this, seed);
    this.routers = new Routers(this, seed);
    ethernet.add(new Frames(this));
    ndp.undelivered = new Lost(this);
  }

  route(toHigh: u64, toLow: u64): bool {
    if (isLoopback6(toHigh, toLow)) {
      this.sourceHigh = 0;
      this.sourceLow = LOOPBACK_LOW;
      return true;
    }
    const own = this.addresses.choose(toHigh, toLow);
    if (!own) return false;
    this.sourceHigh = own.high;
    this.sourceLow = own.low;
    return this.isHere(toHigh, toLow) || this.routers.find(toHigh, toLow);
  }

  isForMany(high: u64, low: u64): bool {
    return isMulticast6(high);
  }

  room(toHigh: u64, toLow: u64): i32 {
    return (this.isHere(toHigh, toLow) ? this.ethernet.mtu : this.paths.of(toHigh, toLow)) - HEADER_SIZE;
  }

  buffer(toHigh: u64, toLow: u64, size: i32): usize {
    this.isLarge = size > this.ethernet.mtu - HEADER_SIZE;
    if (!this.isLarge) return this.ethernet.buffer() + HEADER_SIZE;
    if (!this.large) this.large = heap.alloc(MAX_SIZE);
    return this.large + HEADER_SIZE;
  }

  send(fromHigh: u64, fromLow: u64, toHigh: u64, toLow: u64, protocol: u32, size: i32, now: i64): bool {
    return this.emit(fromHigh, fromLow, toHigh, toLow, protocol, size, this.hops, now);
  }

  /** As `send`, with a hop limit. */
  emit(fromHigh: u64, fromLow: u64, toHigh: u64, toLow: u64, next: u32, size: i32, hops: i32, now: i64): bool {
    const total = HEADER_SIZE + size;
    if (total > MAX_SIZE) return false;
    const packet = this.isLarge ? this.large : this.ethernet.buffer();
    putHeader(packet, fromHigh, fromLow, toHigh, toLow, next, size, hops);
    sentCount.add();
    if (this.isHere(toHigh, toLow)) return this.loop.push(packet, total);
    const most = this.paths.of(toHigh, toLow);
    if (total > most) return this.sendFragments(packet, toHigh, toLow, size, most, now);
    if (this.isLarge) memory.copy(this.ethernet.buffer(), packet, total);
    return this.transmit(toHigh, toLow, total, now);
  }

  /** Section 4.5: each holds a multiple of 8 bytes, but for the last. */
  private sendFragments(packet: usize, toHigh: u64, toLow: u64, size: i32, most: i32, now: i64): bool {
    const part = (most - HEADER_SIZE - FRAGMENT_SIZE) & ~7;
    const identification = ++this.identification;
    // A packet that lies in the frame's buffer moves, since its fragments go out from there.
    if (!this.isLarge) {
      if (!this.large) this.large = heap.alloc(MAX_SIZE);
      memory.copy(this.large, packet, HEADER_SIZE + size);
      packet = this.large;
    }
    let sent = true;
    for (let at = 0; at < size; at += part) {
      const length = min(part, size - at);
      const fragment = this.ethernet.buffer();
      memory.copy(fragment, packet, HEADER_SIZE);
      put16(fragment + LENGTH, FRAGMENT_SIZE + length);
      store<u8>(fragment, FRAGMENT, NEXT);
      const header = fragment + HEADER_SIZE;
      store<u16>(header, load<u8>(packet, NEXT));
      put16(header + 2, at | (at + length < size ? 1 : 0));
      put32(header + 4, identification);
      memory.copy(header + FRAGMENT_SIZE, packet + HEADER_SIZE + at, length);
      if (!this.transmit(toHigh, toLow, HEADER_SIZE + FRAGMENT_SIZE + length, now)) sent = false;
    }
    return sent;
  }

  /** Sends what lies in the frame's buffer. */
  private transmit(toHigh: u64, toLow: u64, total: i32, now: i64): bool {
    if (isMulticast6(toHigh)) return this.ethernet.send(groupMac(toLow), IPV6, total);
    const routers = this.routers;
    if (!routers.find(toHigh, toLow)) {
      unroutableCount.add();
      return false;
    }
    const mac = this.ndp.find(routers.hopHigh, routers.hopLow, now);
    if (mac) return this.ethernet.send(mac, IPV6, total);
    this.ndp.keep(routers.hopHigh, routers.hopLow, this.ethernet.buffer(), total, now);
    return true;
  }

  private isHere(high: u64, low: u64): bool {
    return isLoopback6(high, low) || this.addresses.has(high, low);
  }

  /** A packet that a frame brought. */
  receive(packet: usize, size: i32, now: i64): void {
    receivedCount.add();
    const length = size < HEADER_SIZE ? 0 : <i32>get16(packet + LENGTH);
    if (size < HEADER_SIZE || load<u8>(packet) >> 4 != 6 || HEADER_SIZE + length > size) {
      malformedCount.add();
      return;
    }
    const fromHigh = load<u64>(packet, SOURCE);
    const fromLow = load<u64>(packet, SOURCE + 8);
    const toHigh = load<u64>(packet, DESTINATION);
    const toLow = load<u64>(packet, DESTINATION + 8);
    // RFC 4291 sections 2.5.3 and 2.7: no source is many hosts or this one, and loopback never comes from outside.
    const isForeign = isMulticast6(fromHigh) || isLoopback6(fromHigh, fromLow) || isLoopback6(toHigh, toLow) || this.addresses.has(fromHigh, fromLow);
    if (isForeign || !(isMulticast6(toHigh) ? this.addresses.hears(toHigh, toLow) : this.addresses.has(toHigh, toLow))) {
      foreignCount.add();
      return;
    }
    this.walk(packet, load<u8>(packet, NEXT), packet + HEADER_SIZE, length, NEXT, true, now);
  }

  /** Goes through the headers behind the first one (section 4). `place`: where in the packet the next one's number stands. */
  private walk(packet: usize, next: u32, at: usize, rest: i32, place: usize, isFirst: bool, now: i64): void {
    for (let count = 0; isExtension(next); count++) {
      if (next == NO_NEXT) return;
      const size = next == FRAGMENT ? FRAGMENT_SIZE : sizeOf(at, rest);
      if (!size || size > rest || count == MOST_HEADERS) {
        malformedCount.add();
        return;
      }
      // Section 4.1: it is the first one or nothing.
      if (next == HOP_BY_HOP && !(isFirst && !count)) return this.complain(UNKNOWN_HEADER, place, packet, at, rest, now);
      if (next == FRAGMENT) {
        const fragment = get16(at + 2);
        // RFC 6946: one that is the whole packet.
        if (fragment & ~6) return this.reassemble(packet, at, rest, fragment, now);
      } else if (next == ROUTING) {
        // Section 4.4, RFC 5095: this host passes nothing on.
        if (load<u8>(at, 3)) return this.complain(WRONG_FIELD, at + 2 - packet, packet, at, rest, now);
      } else {
        const refusal = checkOptions(at, size);
        if (refusal) {
          malformedCount.add();
          const isToMany = isMulticast6(load<u64>(packet, DESTINATION));
          if (refusal > 1 && !(refusal == UNKNOWN_TO_ONE && isToMany)) this.complain(UNKNOWN_OPTION, optionsPointer - packet, packet, at, rest, now);
          return;
        }
      }
      next = load<u8>(at);
      place = at - packet;
      at += size;
      rest -= size;
    }
    this.pass(packet, next, at, rest, place, now);
  }

  private complain(code: u32, pointer: usize, packet: usize, at: usize, rest: i32, now: i64): void {
    const complaints = this.complaints;
    if (complaints) complaints.complain(PARAMETER_PROBLEM, code, bswap<u32>(<u32>pointer), packet, <i32>(at - packet) + rest, now);
  }

  private reassemble(packet: usize, at: usize, rest: i32, fragment: u32, now: i64): void {
    const place = <i32>fragment & ~7;
    const isLast = !(fragment & 1);
    const length = rest - FRAGMENT_SIZE;
    if (!isLast && length & 7) return this.complain(WRONG_FIELD, LENGTH, packet, at, rest, now);
    if (place + length > 65535) return this.complain(WRONG_FIELD, at + 2 - packet, packet, at, rest, now);
    const bare = this.bare;
    memory.copy(bare, packet, HEADER_SIZE);
    store<u8>(bare, load<u8>(at), NEXT);
    const fromHigh = load<u64>(packet, SOURCE);
    const fromLow = load<u64>(packet, SOURCE + 8);
    const toHigh = load<u64>(packet, DESTINATION);
    const toLow = load<u64>(packet, DESTINATION + 8);
    const whole = this.fragments.input(bare, HEADER_SIZE, at + FRAGMENT_SIZE, length, fromHigh, fromLow, toHigh, toLow, get32(at + 4), place, isLast, now);
    if (!whole) return;
    this.walk(whole, load<u8>(whole, NEXT), whole + HEADER_SIZE, this.fragments.size, NEXT, false, now);
    this.fragments.release();
  }

  private pass(packet: usize, next: u32, payload: usize, size: i32, place: usize, now: i64): void {
    const toHigh = load<u64>(packet, DESTINATION);
    const protocol = this.find(next);
    this.receivedHops = load<u8>(packet, HOPS);
    const isTaken = protocol ? protocol.input(load<u64>(packet, SOURCE), load<u64>(packet, SOURCE + 8), toHigh, load<u64>(packet, DESTINATION + 8), payload, size, now) : false;
    if (isTaken || isMulticast6(toHigh)) return;
    if (!protocol) return this.complain(UNKNOWN_HEADER, place, packet, payload, size, now);
    const complaints = this.complaints;
    if (complaints) complaints.complain(UNREACHABLE, NO_PORT, 0, packet, <i32>(payload - packet) + size, now);
  }

  /** A packet of this host's did not arrive, as somebody says who has sent back its beginning. */
  wasLost(packet: usize, size: i32, why: Unreachable, now: i64): void {
    if (size < HEADER_SIZE || !this.addresses.has(load<u64>(packet, SOURCE), load<u64>(packet, SOURCE + 8))) return;
    let next: u32 = load<u8>(packet, NEXT);
    let at = HEADER_SIZE;
    // This host sends no other header than this one.
    if (next == FRAGMENT && size >= at + FRAGMENT_SIZE) {
      if (get16(packet + at + 2) & 0xfff8) return;
      next = load<u8>(packet + at);
      at += FRAGMENT_SIZE;
    }
    if (size < at + 8) return;
    const protocol = this.find(next);
    const toHigh = load<u64>(packet, DESTINATION);
    const toLow = load<u64>(packet, DESTINATION + 8);
    if (protocol) protocol.unreachable(load<u64>(packet, SOURCE), load<u64>(packet, SOURCE + 8), toHigh, toLow, packet + at, size - at, why, now);
  }

  /** Does what is due, for all above too. */
  step(now: i64): i64 {
    while (this.loop.pop()) {
      const packet = this.loop.packet;
      const isHere = this.isHere(load<u64>(packet, DESTINATION), load<u64>(packet, DESTINATION + 8));
      if (isHere) this.walk(packet, load<u8>(packet, NEXT), packet + HEADER_SIZE, get16(packet + LENGTH), NEXT, true, now);
    }
    if (this.paths.due <= now) this.paths.step(now);
    if (this.fragments.due <= now) this.expire(now);
    const due = min(min(this.ndp.step(now), this.addresses.step(now)), min(this.routers.step(now), this.stepAll(now)));
    return this.loop.isEmpty ? min(due, min(this.paths.due, this.fragments.due)) : now;
  }

  /** Section 4.5: whose first fragment has come is told that the others did not. */
  private expire(now: i64): void {
    const complaints = this.complaints;
    const fragments = this.fragments;
    for (fragments.step(now); fragments.expired; fragments.step(now)) {
      if (complaints) complaints.complain(TIME_EXCEEDED, REASSEMBLY, 0, fragments.expired, fragments.size, now);
      fragments.release();
    }
  }
}
