// Neighbour discovery (RFC 4861): who has which MAC, and what of it others may make this host believe.

import { isGroup, loadMac, storeMac } from "mirage-wasm/mac";
import { Counter } from "mirage-wasm/metrics";
import { fold, pseudoSum, sum } from "./checksum";
import { Ethernet, IPV6 } from "./ethernet";
import { ICMPV6 } from "./ip";
import { Own } from "./ipv6-addresses";
import { ALL_NODES, isMulticast6, LINK_GROUP, solicitedNode } from "./ipv6-header";
import { Ipv6 } from "./ipv6";
import { Neighbour, Neighbours } from "./neighbours";

// ╒═══ message ════╕
// │  0  type, code │
// │  2  checksum   │
// │  4  flags      │
// │  8  target     │
// │ 24  options    │
// ╘════════════════╛
const CHECKSUM: usize = 2;
const FLAGS: usize = 4;
const TARGET: usize = 8;
const OPTIONS: i32 = 24;
const WITH_MAC: i32 = 32;
const SOLICITATION: u8 = 135;
const ADVERTISEMENT: u8 = 136;
/** Options: the MAC of who speaks, of who is asked for. */
export const SOURCE_MAC: u8 = 1;
const TARGET_MAC: u8 = 2;
const IS_ANSWER: u8 = 0x40;
const OVERRIDES: u8 = 0x20;
/** Section 7.1: what has gone through a router has less, and is not believed. */
export const ALL_HOPS: i32 = 255;

const solicitationsCount = new Counter("ndp.solicitations");
const malformedCount = new Counter("ndp.malformed");

export class Ndp extends Neighbours {
  constructor(
    ethernet: Ethernet,
    private readonly ip: Ipv6,
    key: u64,
  ) {
    super(ethernet, IPV6, key);
  }

  protected request(neighbour: Neighbour, isAlone: bool, now: i64): void {
    const own = this.ip.addresses.choose(neighbour.high, neighbour.low);
    if (own) this.solicit(own.high, own.low, neighbour.high, neighbour.low, isAlone, now);
  }

  /** Asks whether somebody has an address that this host wants (RFC 4862 section 5.4.2). */
  probe(own: Own, now: i64): void {
    this.solicit(0, 0, own.high, own.low, false, now);
  }

  private solicit(fromHigh: u64, fromLow: u64, high: u64, low: u64, isAlone: bool, now: i64): void {
    solicitationsCount.add();
    const toHigh = isAlone ? high : LINK_GROUP;
    const toLow = isAlone ? low : solicitedNode(low);
    this.emit(SOLICITATION, 0, SOURCE_MAC, fromHigh, fromLow, toHigh, toLow, high, low, now);
  }

  private emit(type: u8, flags: u8, option: u8, fromHigh: u64, fromLow: u64, toHigh: u64, toLow: u64, targetHigh: u64, targetLow: u64, now: i64): void {
    // Section 4.3: who has no address tells no MAC, either.
    const size = fromHigh | fromLow ? WITH_MAC : OPTIONS;
    const message = this.ip.buffer(toHigh, toLow, size);
    store<u64>(message, type);
    store<u8>(message, flags, FLAGS);
    store<u64>(message, targetHigh, TARGET);
    store<u64>(message, targetLow, TARGET + 8);
    if (size == WITH_MAC) {
      store<u16>(message, <u16>option | (1 << 8), OPTIONS);
      storeMac(message + OPTIONS + 2, this.ethernet.mac);
    }
    store<u16>(message, <u16>~fold(sum(message, size, pseudoSum(fromHigh, fromLow, toHigh, toLow, ICMPV6, size))), CHECKSUM);
    this.ip.emit(fromHigh, fromLow, toHigh, toLow, ICMPV6, size, ALL_HOPS, now);
  }

  /** A message of this protocol's, whose checksum is right. */
  input(fromHigh: u64, fromLow: u64, toHigh: u64, toLow: u64, message: usize, size: i32, now: i64): void {
    const type = load<u8>(message);
    const isSolicitation = type == SOLICITATION;
    const mac = macIn(message, size, OPTIONS, isSolicitation ? SOURCE_MAC : TARGET_MAC);
    const high = load<u64>(message, TARGET);
    const low = load<u64>(message, TARGET + 8);
    const isFromNobody = !(fromHigh | fromLow);
    // Sections 7.1.1 and 7.1.2.
    const isMisplaced = isSolicitation
      ? isFromNobody && (toHigh != LINK_GROUP || toLow != solicitedNode(low) || mac > 0)
      : isFromNobody || (isMulticast6(toHigh) && (load<u8>(message, FLAGS) & IS_ANSWER) != 0);
    if (size < OPTIONS || load<u8>(message, 1) || this.ip.receivedHops != ALL_HOPS || mac < 0 || isMulticast6(high) || isMisplaced) {
      malformedCount.add();
      return;
    }
    const own = this.ip.addresses.find(high, low);
    if (isSolicitation) {
      if (own) this.answer(own, fromHigh, fromLow, isFromNobody, <u64>mac, now);
    } else if (own) this.ip.addresses.conflict(own, now);
    else this.heed(high, low, <u64>mac, load<u8>(message, FLAGS), now);
  }

  /** Section 7.2.4, and RFC 4862 section 5.4.3. */
  private answer(own: Own, fromHigh: u64, fromLow: u64, isFromNobody: bool, mac: u64, now: i64): void {
    if (own.isTentative) {
      // Another one wants it, too.
      if (isFromNobody) this.ip.addresses.conflict(own, now);
      return;
    }
    if (isFromNobody) {
      this.emit(ADVERTISEMENT, OVERRIDES, TARGET_MAC, own.high, own.low, LINK_GROUP, ALL_NODES, own.high, own.low, now);
      return;
    }
    if (mac) this.meet(fromHigh, fromLow, mac, now);
    const asker = this.get(fromHigh, fromLow);
    const used = asker ? asker.used : 0;
    this.emit(ADVERTISEMENT, IS_ANSWER | OVERRIDES, TARGET_MAC, own.high, own.low, fromHigh, fromLow, own.high, own.low, now);
    // Who has only asked has no place among those who are spoken to.
    if (asker && mac) asker.used = used;
  }

  /** Somebody who speaks to this host tells his MAC: it is asked for once more before long. */
  meet(high: u64, low: u64, mac: u64, now: i64): void {
    this.learn(this.add(high, low), mac, now);
  }

  /** Section 7.2.5: only of those who were asked for, and another MAC only by who says that it counts, see `learn`. */
  private heed(high: u64, low: u64, mac: u64, flags: u8, now: i64): void {
    const neighbour = this.get(high, low);
    if (!neighbour) return;
    if (!mac) mac = neighbour.mac;
    if (!mac || (neighbour.mac && neighbour.mac != mac && !(flags & OVERRIDES))) return;
    // Whether he hears this host, too, only an answer tells.
    if (neighbour.mac == mac && !(flags & IS_ANSWER)) return;
    this.learn(neighbour, mac, now);
  }
}

/** The MAC of an option of this kind: 0, there is none; -1, the options are wrong (section 4.6). */
export function macIn(message: usize, size: i32, at: i32, kind: u8): i64 {
  let mac: i64 = 0;
  while (at < size) {
    const length = at + 2 <= size ? <i32>load<u8>(message + at, 1) << 3 : 0;
    if (!length || at + length > size) return -1;
    if (load<u8>(message + at) == kind && length == 8) {
      const found = loadMac(message + at + 2);
      if (!isGroup(found)) mac = <i64>found;
    }
    at += length;
  }
  return mac;
}
