// Who has which MAC on a link, for either version of IP: what ARP (RFC 826) and neighbour discovery (RFC 4861) find.

import { SECOND } from "mirage-wasm/duration";
import { Counter } from "mirage-wasm/metrics";
import { Ethernet } from "./ethernet";
import { Hold } from "./hold";
import { NO_DEADLINE, Unreachable, Waiter } from "./ip";
import { IpVersion } from "./ip-version";

/** How long an answer is believed before it is asked for again, and how long it is still used while nobody answers. */
const FRESH: i64 = 60 * SECOND;
/** RFC 1122 section 2.3.2.1, RFC 4861 section 10 (RETRANS_TIMER, MAX_MULTICAST_SOLICIT): not more than one request a second. */
const INTERVAL: i64 = SECOND;
const TRIES: i32 = 3;
/** Neighbours that are known at most, and of these, those whose MAC is still asked for: anybody can make this host ask. */
const MOST: i32 = 512;
const MOST_ASKED: i32 = 256;

const unansweredCount = new Counter("neighbours.unanswered");
const evictedCount = new Counter("neighbours.evicted");
/** Words of who would take over an address in use. */
const doubtedCount = new Counter("neighbours.doubted");

/** Somebody on the same link. */
export class Neighbour {
  /** 0: not known yet. */
  mac: u64 = 0;
  /** When its answer is old, or is to be asked for again. */
  due: i64 = 0;
  tries: i32 = 0;
  asked: i64 = 0;
  /** Somebody has used an answer that is old. */
  isWanted: bool = false;
  /** When something was sent to it; 0: never, others have told of it. */
  used: i64 = 0;
  /** What waits for its address. */
  hold: Hold | null = null;

  constructor(
    readonly high: u64,
    readonly low: u64,
  ) {}
}

export abstract class Neighbours {
  private known: Map<u64, Neighbour> = new Map();
  /** The one that was asked for last, if it is still among them: packets come in rows. */
  private last: Neighbour | null = null;
  /** Which one goes next, where it may be any. */
  private turn: u32 = 0;
  /** When one is to be asked for again, or given up. */
  protected due: i64 = NO_DEADLINE;
  /** Is told of packets that nobody was found for. */
  host: IpVersion | null = null;
  /** Who waits for an answer, or for none to come. */
  waiter: Waiter | null = null;

  /** `type`: of the frames that packets to them are in. `key`: odd, and known to nobody outside, where addresses have an upper half. */
  constructor(
    protected readonly ethernet: Ethernet,
    private readonly type: u32,
    private readonly key: u64,
  ) {}

  /** Asks for it: `isAlone` where only the one who had the address is to hear it. */
  protected abstract request(neighbour: Neighbour, isAlone: bool, now: i64): void;

  /** The MAC of an address, or 0: give the packet to `keep`. It sends nothing, since a packet stands where frames are written. */
  find(high: u64, low: u64, now: i64): u64 {
    let neighbour = this.last;
    if (!neighbour || neighbour.low != low || neighbour.high != high) {
      neighbour = this.get(high, low);
      if (!neighbour) return 0;
      this.last = neighbour;
    }
    neighbour.used = now;
    // An old answer holds until its owner has not answered for long.
    if (neighbour.due <= now && !neighbour.tries) {
      neighbour.isWanted = true;
      this.due = now;
    }
    return neighbour.mac;
  }

  /** Asks for the MAC of an address, if that is not being done. */
  want(high: u64, low: u64, now: i64): void {
    const neighbour = this.add(high, low);
    neighbour.used = now;
    if (!neighbour.tries) this.ask(neighbour, now);
  }

  /** Is it being asked for? */
  isAsking(high: u64, low: u64): bool {
    const neighbour = this.get(high, low);
    return neighbour != null && neighbour.tries > 0;
  }

  /** Sends the packet, which is copied, when the answer to a request has come. RFC 1122 section 2.3.2.2 asks for one at least. */
  keep(high: u64, low: u64, packet: usize, size: i32, now: i64): void {
    const neighbour = this.add(high, low);
    neighbour.used = now;
    let hold = neighbour.hold;
    if (!hold) hold = neighbour.hold = new Hold();
    hold.push(packet, size);
    if (!neighbour.tries) this.ask(neighbour, now);
  }

  /** Asks again, and gives up. Returns when it wants to be called again. */
  step(now: i64): i64 {
    if (now < this.due) return this.due;
    let due = NO_DEADLINE;
    const all = this.known.values();
    for (let i = 0; i < all.length; i++) {
      const neighbour = all[i];
      if (!neighbour.tries && !neighbour.isWanted) continue;
      if (neighbour.due <= now) {
        if (neighbour.tries < TRIES) this.ask(neighbour, now);
        else {
          this.giveUp(neighbour, now);
          continue;
        }
      }
      due = min(due, neighbour.due);
    }
    this.due = due;
    return due;
  }

  /** Of two with the same key only one is known at a time: nobody may choose an address that falls together with another one. */
  @inline
  private keyOf(high: u64, low: u64): u64 {
    return low ^ (high * this.key);
  }

  /** Whoever is known of that address. */
  protected get(high: u64, low: u64): Neighbour | null {
    const key = this.keyOf(high, low);
    if (!this.known.has(key)) return null;
    const neighbour = this.known.get(key);
    return neighbour.high == high && neighbour.low == low ? neighbour : null;
  }

  protected add(high: u64, low: u64): Neighbour {
    const known = this.get(high, low);
    if (known) return known;
    const key = this.keyOf(high, low);
    if (this.known.has(key)) this.evict(this.known.get(key));
    else if (this.known.size >= MOST) this.evict(this.first());
    const neighbour = new Neighbour(high, low);
    this.known.set(key, neighbour);
    return neighbour;
  }

  /**
   * Somebody says that the neighbour has this MAC. One that is in use keeps its own, so that nobody takes an address over by saying
   * so: it is asked for, and when who has had it does not answer, nothing is known any more.
   */
  protected learn(neighbour: Neighbour, mac: u64, now: i64): void {
    const isInUse = neighbour.due > now || neighbour.used > now - FRESH;
    if (neighbour.mac && neighbour.mac != mac && isInUse) {
      doubtedCount.add();
      if (!neighbour.tries && neighbour.asked <= now - INTERVAL) this.ask(neighbour, now);
      return;
    }
    neighbour.mac = mac;
    neighbour.tries = 0;
    neighbour.due = now + FRESH;
    this.tell();
    const hold = neighbour.hold;
    if (!hold) return;
    neighbour.hold = null;
    for (let i = 0; i < hold.count; i++) {
      memory.copy(this.ethernet.buffer(), hold.packet(i), hold.size(i));
      this.ethernet.send(mac, this.type, hold.size(i));
    }
    hold.release();
  }

  private ask(neighbour: Neighbour, now: i64): void {
    neighbour.tries++;
    neighbour.asked = now;
    neighbour.isWanted = false;
    neighbour.due = now + INTERVAL;
    this.due = min(this.due, neighbour.due);
    // RFC 1122 section 2.3.2.1 (2), RFC 4861 section 7.3.3: first those that were right, in a packet to them alone.
    this.request(neighbour, neighbour.mac != 0 && neighbour.tries == 1, now);
  }

  private giveUp(neighbour: Neighbour, now: i64): void {
    unansweredCount.add();
    this.remove(neighbour);
    this.tell();
    const hold = neighbour.hold;
    const host = this.host;
    if (!hold) return;
    for (let i = 0; host && i < hold.count; i++) host.wasLost(hold.packet(i), hold.size(i), Unreachable.HOST, now);
    hold.release();
  }

  private tell(): void {
    const waiter = this.waiter;
    if (waiter) waiter.wake();
  }

  private remove(neighbour: Neighbour): void {
    this.known.delete(this.keyOf(neighbour.high, neighbour.low));
    this.last = null;
  }

  /**
   * Whom one more pushes out: of those whose MAC is known, to whom nothing was sent for longest, if ever; where too many are asked for,
   * any of them, so that of a flood of them some have the time for an answer.
   */
  private first(): Neighbour {
    const all = this.known.values();
    const asked: Neighbour[] = [];
    let first: Neighbour | null = null;
    for (let i = 0; i < all.length; i++) {
      const one = all[i];
      if (!one.mac) asked.push(one);
      else if (!first || one.used < first.used) first = one;
    }
    if (first && asked.length < MOST_ASKED) return first;
    this.turn += 0x9e3779b1;
    return asked[this.turn % asked.length];
  }

  private evict(neighbour: Neighbour): void {
    const hold = neighbour.hold;
    if (hold) hold.release();
    this.remove(neighbour);
    evictedCount.add();
  }
}
