// The addresses of a host: where they come from (RFC 4862, 7217), that nobody else has them (RFC 4862 section 5.4), and which of
// them speaks to whom (RFC 6724 section 5).

import { SeededRandom } from "mirage-wasm/drivers/random";
import { SECOND } from "mirage-wasm/duration";
import { Counter } from "mirage-wasm/metrics";
import { NO_DEADLINE } from "./ip";
import { Ipv6 } from "./ipv6";
import { ALL_NODES, highMask, isLinkLocal, isMulticast6, LINK_GROUP, LINK_LOCAL, lowMask, solicitedNode } from "./ipv6-header";
import { Mld } from "./mld";
import { sipHash } from "./tcp/siphash";

/** RFC 4862 section 5.4 and RFC 4861 section 10: how long an answer to the one question is waited for, and before it is put. */
const PROBE_TIME: i64 = SECOND;
const MAX_DELAY: u32 = 1000;
const MILLISECOND: i64 = 1_000_000;
/** RFC 7217 section 7: others are tried where somebody has an address. */
const RETRIES: i32 = 3;
/** Addresses that routers' words may make. */
const MOST: i32 = 8;
/** RFC 4862 section 5.5.3 (e): a word that nobody proves does not end an address sooner. */
const TWO_HOURS: i64 = 7200 * SECOND;
/** Of an address that is for ever. */
export const FOREVER: i64 = NO_DEADLINE;

const conflictsCount = new Counter("ipv6.address-conflicts");

/** An address of this host's. */
export class Own {
  /** Nobody may be spoken to from it yet. */
  isTentative: bool = true;
  /** When the question is put, or has gone without an answer. */
  due: i64 = 0;
  isAsked: bool = false;
  preferredUntil: i64 = FOREVER;
  validUntil: i64 = FOREVER;
  /** Made of a prefix: how often another was taken since somebody had one. */
  tries: i32 = -1;

  constructor(
    readonly high: u64,
    readonly low: u64,
    readonly bits: i32,
  ) {}
}

export class Addresses {
  readonly all: Own[] = [];
  private readonly random: SeededRandom;
  readonly mld: Mld;
  private readonly bytes: usize = heap.alloc(24);

  constructor(
    private readonly ip: Ipv6,
    private readonly seed: u64,
  ) {
    this.random = new SeededRandom(seed ^ ip.ethernet.mac);
    this.mld = new Mld(ip);
  }

  /** Begins to use the link: with the address that only it knows (RFC 4862 section 5.3). */
  begin(now: i64): void {
    this.form(LINK_LOCAL, 0, FOREVER, FOREVER, now);
  }

  /** Takes a fixed address. */
  add(high: u64, low: u64, bits: i32, now: i64): Own {
    const own = new Own(high, low, bits);
    own.due = now + <i64>this.random.below(MAX_DELAY) * MILLISECOND;
    this.all.push(own);
    return own;
  }

  /** A router tells of a prefix of 64 bits (RFC 4862 section 5.5.3): times from now on. */
  hear(high: u64, preferred: i64, valid: i64, now: i64): void {
    let count = 0;
    for (let i = 0; i < this.all.length; i++) {
      const own = this.all[i];
      if (own.tries < 0 || isLinkLocal(own.high)) continue;
      count++;
      if (own.high != high) continue;
      const left = own.validUntil - now;
      own.preferredUntil = now + preferred;
      if (valid > TWO_HOURS || valid > left) own.validUntil = now + valid;
      else if (left > TWO_HOURS) own.validUntil = now + TWO_HOURS;
      return;
    }
    if (valid && count < MOST) this.form(high, 0, now + preferred, now + valid, now);
  }

  /** RFC 7217 section 5: the same on this link after each start, another one on another, and nothing of the MAC in it. */
  private form(high: u64, tries: i32, preferredUntil: i64, validUntil: i64, now: i64): void {
    store<u64>(this.bytes, high);
    store<u64>(this.bytes, this.ip.ethernet.mac, 8);
    store<u64>(this.bytes, tries, 16);
    const own = this.add(high, sipHash(this.seed, ~this.seed, this.bytes, 24), 64, now);
    own.tries = tries;
    own.preferredUntil = preferredUntil;
    own.validUntil = validUntil;
  }

  find(high: u64, low: u64): Own | null {
    const all = this.all;
    for (let i = 0; i < all.length; i++) if (unchecked(all[i]).low == low && unchecked(all[i]).high == high) return unchecked(all[i]);
    return null;
  }

  /** Is it this host's, and nobody else's? */
  has(high: u64, low: u64): bool {
    const own = this.find(high, low);
    return own != null && !own.isTentative;
  }

  /** Is it a group that this host listens to: all nodes, and those that ask for its addresses? */
  hears(high: u64, low: u64): bool {
    if (high != LINK_GROUP) return this.mld.has(high, low);
    if (low == ALL_NODES) return true;
    for (let i = 0; i < this.all.length; i++) if (solicitedNode(this.all[i].low) == low) return true;
    return this.mld.has(high, low);
  }

  /** Somebody else has it, or wants it as this host does (RFC 4862 section 5.4.5). */
  conflict(own: Own, now: i64): void {
    conflictsCount.add();
    // One that is in use is kept: whoever takes it now is wrong, or lies.
    if (!own.isTentative) return;
    this.remove(this.all.indexOf(own));
    if (own.tries >= 0 && own.tries < RETRIES) this.form(own.high, own.tries + 1, own.preferredUntil, own.validUntil, now);
  }

  private remove(index: i32): void {
    const own = this.all[index];
    this.all.splice(index, 1);
    if (own.isAsked) this.mld.leave(LINK_GROUP, solicitedNode(own.low));
  }

  /** The address from which to speak to another: rules 1, 2, 3 and 8 of RFC 6724 section 5. */
  choose(toHigh: u64, toLow: u64): Own | null {
    let best: Own | null = null;
    for (let i = 0; i < this.all.length; i++) {
      const own = this.all[i];
      if (own.isTentative) continue;
      if (own.high == toHigh && own.low == toLow) return own;
      if (!best || isBetter(own, best, toHigh, toLow)) best = own;
    }
    // One that only the link knows does not go beyond it.
    return best && isLinkLocal(best.high) && !isLinkScope(toHigh) ? null : best;
  }

  /** Has it one that others than the link's know? */
  get isGlobal(): bool {
    for (let i = 0; i < this.all.length; i++) if (!this.all[i].isTentative && !isLinkLocal(this.all[i].high)) return true;
    return false;
  }

  /** Is it known of all whether they are its own? */
  get isSettled(): bool {
    for (let i = 0; i < this.all.length; i++) if (this.all[i].isTentative) return false;
    return true;
  }

  step(now: i64): i64 {
    let due = NO_DEADLINE;
    for (let i = this.all.length - 1; i >= 0; i--) {
      const own = this.all[i];
      if (own.validUntil <= now) {
        this.remove(i);
        continue;
      }
      if (own.isTentative && own.due <= now) this.probe(own, now);
      // A deprecated one is chosen after others (rule 3): its time is a bit of it.
      if (own.preferredUntil <= now) own.preferredUntil = 0;
      due = min(due, own.isTentative ? own.due : own.validUntil);
      if (own.preferredUntil) due = min(due, own.preferredUntil);
    }
    return min(due, this.mld.step(now));
  }

  private probe(own: Own, now: i64): void {
    if (own.isAsked) {
      own.isTentative = false;
      return;
    }
    own.isAsked = true;
    own.due = now + PROBE_TIME;
    this.mld.join(LINK_GROUP, solicitedNode(own.low));
    // Switches are to know before somebody is asked (RFC 4862 section 5.4.2).
    this.mld.step(now);
    this.ip.ndp.probe(own, now);
  }
}

function isBetter(own: Own, best: Own, toHigh: u64, toLow: u64): bool {
  // 2: as far as the other one's reaches, and not farther than needed.
  const isNear = isLinkScope(toHigh);
  if (isLinkLocal(own.high) != isLinkLocal(best.high)) return isLinkLocal(own.high) == isNear;
  // 3: not one that is to be given up.
  if (!own.preferredUntil != !best.preferredUntil) return own.preferredUntil != 0;
  // 8: the longest prefix in common.
  return common(own.high, own.low, toHigh, toLow) > common(best.high, best.low, toHigh, toLow);
}

/** fe80::/10, and groups of a link or less. */
function isLinkScope(high: u64): bool {
  return isLinkLocal(high) || (isMulticast6(high) && ((high >> 8) & 15) <= 2);
}

function common(aHigh: u64, aLow: u64, bHigh: u64, bLow: u64): i32 {
  const difference = bswap<u64>(aHigh ^ bHigh);
  return difference ? <i32>clz(difference) : 64 + <i32>clz(bswap<u64>(aLow ^ bLow));
}

/** Do both have the same first bits? */
export function isWithin(high: u64, low: u64, prefixHigh: u64, prefixLow: u64, bits: i32): bool {
  return !((high ^ prefixHigh) & highMask(bits)) && !((low ^ prefixLow) & lowMask(bits));
}
