// IPv6 (RFC 8200) as a host's.

import { Counter } from "mirage-wasm/metrics";
import { get16, put16, put32 } from "./bytes";
import { Ethernet, IPV6, Payload } from "./ethernet";
import { Unreachable } from "./ip";
import { IpVersion } from "./ip-version";
import { FRAGMENT, FRAGMENT_SIZE } from "./ipv6-extensions";
import { DESTINATION, groupMac, HEADER_SIZE, HOPS, isLoopback6, isMulticast6, LENGTH, LOOPBACK_LOW, NEXT, putHeader, SOURCE } from "./ipv6-header";
import { Addresses } from "./ipv6-addresses";
import { Ipv6Input } from "./ipv6-input";
import { Ndp } from "./ndp";
import { Routers } from "./routers";

/** RFC 8200 section 5: what every link takes. */
export const LEAST_MTU: i32 = 1280;
const MAX_SIZE: i32 = 65535 + HEADER_SIZE;

const sentCount = new Counter("ipv6.sent");
const unroutableCount = new Counter("ipv6.no-route");

class Frames extends Payload {
  constructor(private readonly into: Ipv6Input) {
    super(IPV6);
  }

  input(packet: usize, size: i32, toAll: bool, now: i64): void {
    this.into.receive(packet, size, now);
  }
}

export class Ipv6 extends IpVersion {
  readonly ndp!: Ndp;
  readonly addresses!: Addresses;
  readonly routers!: Routers;
  private readonly input!: Ipv6Input;
  /** Hop limit of what is sent; a router may say another (RFC 4861 section 6.3.4). */
  hops: i32 = 64;
  private identification: u32;

  /** `random`: where identifications begin, and what neighbours are found by; `seed`: whence addresses and delays follow (RFC 7217 section 5). */
  constructor(
    ethernet: Ethernet,
    random: u64,
    seed: u64,
  ) {
    super(ethernet, HEADER_SIZE, MAX_SIZE, LEAST_MTU);
    this.identification = <u32>random;
    const ndp = new Ndp(ethernet, this, random | 1);
    this.ndp = ndp;
    this.addresses = new Addresses(this, seed);
    this.routers = new Routers(this);
    const input = new Ipv6Input(this);
    this.input = input;
    ethernet.add(new Frames(input));
    ndp.host = this;
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

  join(high: u64, low: u64): bool {
    return isMulticast6(high) && this.addresses.mld.join(high, low);
  }

  leave(high: u64, low: u64): void {
    this.addresses.mld.leave(high, low);
  }

  /** Hop limit of the packet that is being passed on to a protocol. */
  get receivedHops(): i32 {
    return load<u8>(this.received, HOPS);
  }

  room(toHigh: u64, toLow: u64): i32 {
    return (this.isHere(toHigh, toLow) ? this.ethernet.mtu : this.paths.of(toHigh, toLow)) - HEADER_SIZE;
  }

  send(fromHigh: u64, fromLow: u64, toHigh: u64, toLow: u64, protocol: u32, size: i32, now: i64): bool {
    return this.emit(fromHigh, fromLow, toHigh, toLow, protocol, size, this.hops, now);
  }

  /** As `send`, with a hop limit. */
  emit(fromHigh: u64, fromLow: u64, toHigh: u64, toLow: u64, next: u32, size: i32, hops: i32, now: i64): bool {
    const total = HEADER_SIZE + size;
    if (total > MAX_SIZE) return false;
    const packet = this.written;
    putHeader(packet, fromHigh, fromLow, toHigh, toLow, next, size, hops);
    sentCount.add();
    if (this.isHere(toHigh, toLow)) return this.loop.push(packet, total);
    const most = this.paths.of(toHigh, toLow);
    if (total > most) return this.sendFragments(toHigh, toLow, size, most, now);
    if (this.isLarge) memory.copy(this.ethernet.buffer(), packet, total);
    return this.transmit(toHigh, toLow, total, now);
  }

  /** Section 4.5: each holds a multiple of 8 bytes, but for the last. */
  private sendFragments(toHigh: u64, toLow: u64, size: i32, most: i32, now: i64): bool {
    const part = (most - HEADER_SIZE - FRAGMENT_SIZE) & ~7;
    const identification = ++this.identification;
    const packet = this.setAside(HEADER_SIZE + size);
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
      if (isHere) this.input.loop(packet, now);
    }
    if (this.paths.due <= now) this.paths.step(now);
    const waits = this.input.step(now);
    const due = min(min(this.ndp.step(now), this.addresses.step(now)), min(this.routers.step(now), this.stepAll(now)));
    return this.loop.isEmpty ? min(due, min(this.paths.due, waits)) : now;
  }
}
