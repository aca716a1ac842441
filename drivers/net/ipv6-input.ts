// What comes by IPv6 (RFC 8200 section 4): the headers behind the first one, and packets out of fragments.

import { Counter } from "mirage-wasm/metrics";
import { get16, get32 } from "./bytes";
import { checkOptions, FRAGMENT, FRAGMENT_SIZE, HOP_BY_HOP, isExtension, NO_NEXT, optionsPointer, ROUTING, sizeOf, UNKNOWN_TO_ONE } from "./ipv6-extensions";
import { DESTINATION, HEADER_SIZE, isLoopback6, isMulticast6, LENGTH, NEXT, SOURCE } from "./ipv6-header";
import { Ipv6 } from "./ipv6";

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

const receivedCount = new Counter("ipv6.received");
const malformedCount = new Counter("ipv6.malformed");
const foreignCount = new Counter("ipv6.foreign");

export class Ipv6Input {
  /** A header without the ones behind it. */
  private readonly bare: usize = heap.alloc(HEADER_SIZE);

  constructor(private readonly ip: Ipv6) {}

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
    const isForeign = isMulticast6(fromHigh) || isLoopback6(fromHigh, fromLow) || isLoopback6(toHigh, toLow) || this.ip.addresses.has(fromHigh, fromLow);
    if (isForeign || !(isMulticast6(toHigh) ? this.ip.addresses.hears(toHigh, toLow) : this.ip.addresses.has(toHigh, toLow))) {
      foreignCount.add();
      return;
    }
    this.walk(packet, load<u8>(packet, NEXT), packet + HEADER_SIZE, length, NEXT, true, now);
  }

  /** A packet of this host's to itself. */
  loop(packet: usize, now: i64): void {
    this.walk(packet, load<u8>(packet, NEXT), packet + HEADER_SIZE, get16(packet + LENGTH), NEXT, true, now);
  }

  /** Goes through the headers behind the first one. `place`: where in the packet the next one's number stands. */
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
    const complaints = this.ip.complaints;
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
    const whole = this.ip.fragments.input(bare, HEADER_SIZE, at + FRAGMENT_SIZE, length, fromHigh, fromLow, toHigh, toLow, get32(at + 4), place, isLast, now);
    if (!whole) return;
    this.walk(whole, load<u8>(whole, NEXT), whole + HEADER_SIZE, this.ip.fragments.size, NEXT, false, now);
    this.ip.fragments.release();
  }

  private pass(packet: usize, next: u32, payload: usize, size: i32, place: usize, now: i64): void {
    const toHigh = load<u64>(packet, DESTINATION);
    const protocol = this.ip.find(next);
    this.ip.received = packet;
    const isTaken = protocol ? protocol.input(load<u64>(packet, SOURCE), load<u64>(packet, SOURCE + 8), toHigh, load<u64>(packet, DESTINATION + 8), payload, size, now) : false;
    if (isTaken || isMulticast6(toHigh)) return;
    if (!protocol) return this.complain(UNKNOWN_HEADER, place, packet, payload, size, now);
    const complaints = this.ip.complaints;
    if (complaints) complaints.complain(UNREACHABLE, NO_PORT, 0, packet, <i32>(payload - packet) + size, now);
  }

  /** Does what is due. Returns when it wants to be called again. */
  step(now: i64): i64 {
    return this.ip.expire(TIME_EXCEEDED, REASSEMBLY, now);
  }
}
