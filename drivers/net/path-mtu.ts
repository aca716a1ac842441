// What the ways to others take at most (RFC 1191, RFC 8201).

import { NO_DEADLINE } from "./ip";

/** Section 6.3: after ten minutes it is tried again. */
const LIFETIME: i64 = 600_000_000_000;
/** Ways that are known to be narrow at most; a new one takes the place of the oldest. */
const MOST: i32 = 64;
class Path {
  constructor(
    readonly high: u64,
    readonly low: u64,
    readonly mtu: i32,
    readonly until: i64,
  ) {}
}

export class PathMtu {
  /** The oldest first. */
  private paths: Path[] = [];
  /** When there is something to forget. */
  due: i64 = NO_DEADLINE;

  /** `link`: what the own link takes. Less than `least` is not believed: an attacker's word must not make packets tiny. */
  constructor(
    public link: i32,
    private readonly least: i32,
  ) {}

  of(high: u64, low: u64): i32 {
    for (let i = 0; i < this.paths.length; i++) if (this.paths[i].low == low && this.paths[i].high == high) return min(this.paths[i].mtu, this.link);
    return this.link;
  }

  lower(high: u64, low: u64, mtu: i32, now: i64): void {
    mtu = max(mtu, this.least);
    if (mtu >= this.of(high, low)) return;
    for (let i = 0; i < this.paths.length; i++) {
      if (this.paths[i].low != low || this.paths[i].high != high) continue;
      this.paths.splice(i, 1);
      break;
    }
    if (this.paths.length == MOST) this.paths.shift();
    this.paths.push(new Path(high, low, mtu, now + LIFETIME));
    this.due = this.paths[0].until;
  }

  /** Forgets what is old. */
  step(now: i64): void {
    while (this.paths.length && this.paths[0].until <= now) this.paths.shift();
    this.due = this.paths.length ? this.paths[0].until : NO_DEADLINE;
  }
}
