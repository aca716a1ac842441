// Which groups this host listens to, for switches that ask (MLDv2, RFC 3810).

import { SeededRandom } from "mirage-wasm/drivers/random";
import { put16 } from "./bytes";
import { fold, pseudoSum, sum } from "./checksum";
import { ICMPV6, NO_DEADLINE } from "./ip";
import { HOP_BY_HOP } from "./ipv6-extensions";
import { Ipv6 } from "./ipv6";
import { LINK_GROUP, MLD_ROUTERS } from "./ipv6-header";

/** Section 5: a hop-by-hop header with a router alert, as it lies in memory; it ends with two bytes of padding. */
const ALERT: u64 = 0x0001_0000_0205_003a;
const ALERT_SIZE: i32 = 8;
const REPORT: u8 = 143;
const REPORT_HEADER: i32 = 8;
const RECORD: i32 = 20;
/** Section 5.2.12: it is listened to whoever speaks; now, or from now on. */
const IS_EXCLUDE: u8 = 2;
const TO_EXCLUDE: u8 = 4;
const MOST: i32 = 32;
/** Section 6.2: answers of many hosts do not come at once. */
const MAX_DELAY: u32 = 1000;
const MILLISECOND: i64 = 1_000_000;

class Group {
  constructor(
    readonly high: u64,
    readonly low: u64,
  ) {}
}

export class Mld {
  private readonly groups: Group[] = [];
  private readonly random: SeededRandom;
  private due: i64 = NO_DEADLINE;

  constructor(private readonly ip: Ipv6) {
    this.random = new SeededRandom(ip.ethernet.mac);
  }

  has(high: u64, low: u64): bool {
    for (let i = 0; i < this.groups.length; i++) if (this.groups[i].low == low && this.groups[i].high == high) return true;
    return false;
  }

  join(high: u64, low: u64, now: i64): void {
    if (this.has(high, low) || this.groups.length == MOST) return;
    this.groups.push(new Group(high, low));
    this.emit(TO_EXCLUDE, this.groups.length - 1, now);
  }

  /** Somebody asks: all are told, after a while. */
  report(now: i64): void {
    if (this.due == NO_DEADLINE) this.due = now + <i64>this.random.below(MAX_DELAY) * MILLISECOND;
  }

  step(now: i64): i64 {
    if (this.due > now) return this.due;
    this.due = NO_DEADLINE;
    if (this.groups.length) this.emit(IS_EXCLUDE, 0, now);
    return NO_DEADLINE;
  }

  /** Tells of the groups from `first` on. RFC 3590: from no address where there is none yet. */
  private emit(kind: u8, first: i32, now: i64): void {
    const count = this.groups.length - first;
    const size = REPORT_HEADER + count * RECORD;
    const ip = this.ip;
    const own = ip.addresses.choose(LINK_GROUP, MLD_ROUTERS);
    const fromHigh = own ? own.high : 0;
    const fromLow = own ? own.low : 0;
    const packet = ip.buffer(LINK_GROUP, MLD_ROUTERS, ALERT_SIZE + size);
    store<u64>(packet, ALERT);
    const report = packet + ALERT_SIZE;
    store<u64>(report, REPORT);
    put16(report + 6, count);
    for (let i = 0; i < count; i++) {
      const record = report + REPORT_HEADER + i * RECORD;
      const group = this.groups[first + i];
      store<u32>(record, kind);
      store<u64>(record, group.high, 4);
      store<u64>(record, group.low, 12);
    }
    store<u16>(report, <u16>~fold(sum(report, size, pseudoSum(fromHigh, fromLow, LINK_GROUP, MLD_ROUTERS, ICMPV6, size))), 2);
    ip.emit(fromHigh, fromLow, LINK_GROUP, MLD_ROUTERS, HOP_BY_HOP, ALERT_SIZE + size, 1, now);
  }
}
