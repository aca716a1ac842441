// Who passes packets on, and what he says of the link (RFC 4861 section 6.3, RFC 8106).

import { SECOND } from "mirage-wasm/duration";
import { Counter } from "mirage-wasm/metrics";
import { get16, get32 } from "./bytes";
import { fold, pseudoSum, sum } from "./checksum";
import { ICMPV6, NO_DEADLINE } from "./ip";
import { FOREVER, isWithin } from "./ipv6-addresses";
import { ALL_ROUTERS, isLinkLocal, isMulticast6, LINK_GROUP } from "./ipv6-header";
import { Ipv6, LEAST_MTU } from "./ipv6";
import { ALL_HOPS, macIn, SOURCE_MAC } from "./ndp";

const SOLICITATION: u64 = 133;
/** Section 6.3.7: so often, after so long each, until one has answered. */
const TRIES: i32 = 3;
const INTERVAL: i64 = 4 * SECOND;
/** Of each list: routers, prefixes and servers of names. More of what anybody says is not kept. */
const MOST: i32 = 8;
const MOST_SERVERS: i32 = 3;

// An advertisement.
const HOPS: usize = 4;
const LIFETIME: usize = 6;
const OPTIONS: i32 = 16;
const PREFIX: u8 = 3;
const MTU: u8 = 5;
const NAME_SERVERS: u8 = 25;
const ON_LINK: u8 = 0x80;
const AUTONOMOUS: u8 = 0x40;
const INFINITE: u32 = 0xffffffff;

const advertisementsCount = new Counter("ndp.router-advertisements");
const malformedCount = new Counter("ndp.router-advertisements-malformed");

/** What holds for a while: a router, a server, or with `bits` a prefix of which all are on the link. */
export class Told {
  constructor(
    readonly high: u64,
    readonly low: u64,
    readonly bits: i32,
    public until: i64,
  ) {}
}

export class Routers {
  private readonly routers: Told[] = [];
  private readonly prefixes: Told[] = [];
  /** Servers of names. */
  readonly servers: Told[] = [];
  /** What routers say is heard. */
  private accepts: bool = false;
  private tries: i32 = 0;
  private due: i64 = NO_DEADLINE;
  /** To whom on the link a packet goes, as `find` has said. */
  hopHigh: u64 = 0;
  hopLow: u64 = 0;

  constructor(private readonly ip: Ipv6) {}

  /** Asks for routers, and hears what they say. */
  accept(now: i64): void {
    this.accepts = true;
    this.due = now;
  }

  /** Nobody has answered yet, and somebody may. */
  get isAsking(): bool {
    return this.due != NO_DEADLINE;
  }

  /** A router that is for ever. */
  add(high: u64, low: u64): void {
    tell(this.routers, MOST, high, low, 128, FOREVER);
  }

  /** A network that is the link's. */
  attach(high: u64, low: u64, bits: i32): void {
    tell(this.prefixes, MOST, high, low, bits, FOREVER);
  }

  /** Section 5.2: to whom packets to an address go. False: there is nobody. */
  find(toHigh: u64, toLow: u64): bool {
    this.hopHigh = toHigh;
    this.hopLow = toLow;
    if (isLinkLocal(toHigh) || isMulticast6(toHigh)) return true;
    for (let i = 0; i < this.prefixes.length; i++) {
      const prefix = this.prefixes[i];
      if (isWithin(toHigh, toLow, prefix.high, prefix.low, prefix.bits)) return true;
    }
    if (!this.routers.length) return false;
    this.hopHigh = this.routers[0].high;
    this.hopLow = this.routers[0].low;
    return true;
  }

  step(now: i64): i64 {
    const due = min(min(expire(this.routers, now), expire(this.prefixes, now)), expire(this.servers, now));
    if (this.due <= now) this.solicit(now);
    return min(due, this.due);
  }

  private solicit(now: i64): void {
    const ip = this.ip;
    const own = ip.addresses.choose(LINK_GROUP, ALL_ROUTERS);
    // Until the own address is sure.
    this.due = now + (own ? INTERVAL : SECOND / 4);
    if (!own) return;
    if (this.tries++ == TRIES) {
      this.due = NO_DEADLINE;
      return;
    }
    const message = ip.buffer(LINK_GROUP, ALL_ROUTERS, 8);
    store<u64>(message, SOLICITATION);
    store<u16>(message, <u16>~fold(sum(message, 8, pseudoSum(own.high, own.low, LINK_GROUP, ALL_ROUTERS, ICMPV6, 8))), 2);
    ip.emit(own.high, own.low, LINK_GROUP, ALL_ROUTERS, ICMPV6, 8, ALL_HOPS, now);
  }

  /** An advertisement, whose checksum is right. */
  input(fromHigh: u64, fromLow: u64, message: usize, size: i32, now: i64): void {
    if (!this.accepts) return;
    const mac = size < OPTIONS ? -1 : macIn(message, size, OPTIONS, SOURCE_MAC);
    // Section 6.1.2.
    if (mac < 0 || load<u8>(message, 1) || this.ip.receivedHops != ALL_HOPS || !isLinkLocal(fromHigh)) {
      malformedCount.add();
      return;
    }
    advertisementsCount.add();
    this.due = NO_DEADLINE;
    if (mac) this.ip.ndp.meet(fromHigh, fromLow, <u64>mac, now);
    if (load<u8>(message, HOPS)) this.ip.hops = load<u8>(message, HOPS);
    const lifetime = get16(message + LIFETIME);
    tell(this.routers, MOST, fromHigh, fromLow, 128, lifetime ? now + <i64>lifetime * SECOND : 0);
    for (let at = OPTIONS; at < size; at += <i32>load<u8>(message + at, 1) << 3) this.heed(message + at, <i32>load<u8>(message + at, 1) << 3, now);
  }

  private heed(option: usize, size: i32, now: i64): void {
    const kind = load<u8>(option);
    if (kind == PREFIX && size == 32) this.heedPrefix(option, now);
    else if (kind == MTU && size == 8) {
      const mtu = get32(option + 4);
      // Section 6.3.4: more than the link has, or less than any has, is not believed.
      if (mtu >= <u32>LEAST_MTU && mtu <= <u32>this.ip.ethernet.mtu) this.ip.paths.link = <i32>mtu;
    } else if (kind == NAME_SERVERS) {
      const until = after(get32(option + 4), now);
      for (let at = 8; at + 16 <= size; at += 16) tell(this.servers, MOST_SERVERS, load<u64>(option + at), load<u64>(option + at, 8), 128, until);
    }
  }

  private heedPrefix(option: usize, now: i64): void {
    const bits: i32 = load<u8>(option, 2);
    const flags = load<u8>(option, 3);
    const valid = get32(option + 4);
    const preferred = get32(option + 8);
    const high = load<u64>(option, 16);
    const low = load<u64>(option, 24);
    if (isLinkLocal(high) || isMulticast6(high) || bits > 128) return;
    if (flags & ON_LINK) tell(this.prefixes, MOST, high, low, bits, after(valid, now));
    // RFC 4862 section 5.5.3 (c) and (d).
    if (flags & AUTONOMOUS && bits == 64 && preferred <= valid) this.ip.addresses.hear(high, after(preferred, now) - now, after(valid, now) - now, now);
  }
}

function after(seconds: u32, now: i64): i64 {
  return seconds == INFINITE ? FOREVER : seconds ? now + <i64>seconds * SECOND : 0;
}

/** Keeps it, or keeps it for longer; a time of 0 ends it. What is for ever stays so. */
function tell(list: Told[], most: i32, high: u64, low: u64, bits: i32, until: i64): void {
  for (let i = 0; i < list.length; i++) {
    const told = list[i];
    if (told.high != high || told.low != low || told.bits != bits) continue;
    if (told.until == FOREVER && until != FOREVER) return;
    told.until = until;
    if (!until) list.splice(i, 1);
    return;
  }
  if (until && list.length < most) list.push(new Told(high, low, bits, until));
}

function expire(list: Told[], now: i64): i64 {
  let due = NO_DEADLINE;
  for (let i = list.length - 1; i >= 0; i--) {
    if (list[i].until <= now) list.splice(i, 1);
    else due = min(due, list[i].until);
  }
  return due;
}
