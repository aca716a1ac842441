// What the ways to others take at most (RFC 1191).

import { NO_DEADLINE } from "./ip";

/** Section 6.3: after ten minutes it is tried again. */
const LIFETIME: i64 = 600_000_000_000;
/** Ways that are known to be narrow at most; a new one takes the place of the oldest. */
const MOST: i32 = 64;
/** Less is not believed: an attacker's word must not make packets tiny. RFC 791 has 68; links of today have 576 and more. */
const LEAST: i32 = 552;

class Path {
  constructor(
    readonly to: u32,
    readonly mtu: i32,
    readonly until: i64,
  ) {}
}

export class PathMtu {
  /** The oldest first. */
  private paths: Path[] = [];
  /** When there is something to forget. */
  due: i64 = NO_DEADLINE;

  /** `link`: what the own link takes. */
  constructor(private readonly link: i32) {}

  of(to: u32): i32 {
    for (let i = 0; i < this.paths.length; i++) if (this.paths[i].to == to) return this.paths[i].mtu;
    return this.link;
  }

  lower(to: u32, mtu: i32, now: i64): void {
    mtu = max(mtu, LEAST);
    if (mtu >= this.of(to)) return;
    for (let i = 0; i < this.paths.length; i++) {
      if (this.paths[i].to != to) continue;
      this.paths.splice(i, 1);
      break;
    }
    if (this.paths.length == MOST) this.paths.shift();
    this.paths.push(new Path(to, mtu, now + LIFETIME));
    this.due = this.paths[0].until;
  }

  /** Forgets what is old. */
  step(now: i64): void {
    while (this.paths.length && this.paths[0].until <= now) this.paths.shift();
    this.due = this.paths.length ? this.paths[0].until : NO_DEADLINE;
  }
}
