// Which groups of IPv4 this host listens to: IGMPv3 (RFC 3376), and versions 2 (RFC 2236) and 1 (RFC 1112) with routers that know no other.

import { Counter } from "mirage-wasm/metrics";
import { get16 } from "./bytes";
import { fold, sum } from "./checksum";
import { Group, Groups, timeOf } from "./groups";
import { IGMP, lowOf, Protocol, Unreachable, V4_HIGH, v4Of } from "./ip";
import { Ipv4 } from "./ipv4";
import { ALERT_SIZE, hasAlert, HEADER_SIZE, TTL } from "./ipv4-header";

// ╒═════════ query ══════════╕
// │  0  type                 │
// │  1  time for answers     │
// │  2  checksum             │
// │  4  group                │
// │  8  flags, robustness    │ from version 3 on
// │  9  interval of queries  │
// │ 10  sources              │
// │ 12  their addresses      │
// ╘══════════════════════════╛
const CHECKSUM: usize = 2;
const GROUP: usize = 4;
const FLAGS: usize = 8;
const INTERVAL: usize = 9;
const SOURCES: usize = 10;
const SIZE: i32 = 8;
const SIZE_3: i32 = 12;
const QUERY: u8 = 0x11;
const REPORT_1: u8 = 0x12;
const REPORT_2: u8 = 0x16;
const LEAVE: u8 = 0x17;
const REPORT_3: u8 = 0x22;
/** 224.0.0.1, 224.0.0.2, 224.0.0.22. */
export const ALL_HOSTS: u32 = 0x010000e0;
const ALL_ROUTERS: u32 = 0x020000e0;
const REPORTS_TO: u32 = 0x160000e0;
/** Version 1 has no time for answers: 10 s (RFC 2236 section 4). Others' is in tenths of a second. */
const TIME_1: u32 = 10_000;
const TENTH: u32 = 100;
/** How much older a version is than the newest. */
const VERSION_2: i32 = 1;
const VERSION_1: i32 = 2;

const queriesCount = new Counter("igmp.queries");
const reportsCount = new Counter("igmp.reports");
const malformedCount = new Counter("igmp.malformed");
const untrustedCount = new Counter("igmp.untrusted");

class Messages extends Protocol {
  constructor(private readonly igmp: Igmp) {
    super(IGMP);
  }

  input(fromHigh: u64, fromLow: u64, toHigh: u64, toLow: u64, packet: usize, size: i32, now: i64): bool {
    this.igmp.input(v4Of(fromLow), v4Of(toLow), packet, size, now);
    return true;
  }

  unreachable(fromHigh: u64, fromLow: u64, toHigh: u64, toLow: u64, packet: usize, size: i32, why: Unreachable, now: i64): void {}

  step(now: i64): i64 {
    return this.igmp.step(now);
  }
}

export class Igmp extends Groups {
  constructor(private readonly ip: Ipv4) {
    super(ip.ethernet.mac, REPORT_3, 4);
    ip.add(new Messages(this));
  }

  /** Section 5: all hosts listen to 224.0.0.1. */
  protected isTold(high: u64, low: u64): bool {
    return v4Of(low) != ALL_HOSTS;
  }

  input(from: u32, to: u32, message: usize, size: i32, now: i64): void {
    if (size < SIZE || fold(sum(message, size)) != 0xffff) {
      malformedCount.add();
      return;
    }
    const type = load<u8>(message);
    if (type == QUERY) this.query(from, to, message, size, now);
    else if (type == REPORT_1 || type == REPORT_2) this.heard(V4_HIGH, lowOf(load<u32>(message, GROUP)));
  }

  /** Section 7.1 says by its size which version a query is of. */
  private query(from: u32, to: u32, message: usize, size: i32, now: i64): void {
    const isNewest = size >= SIZE_3;
    const sources = isNewest ? <i32>get16(message + SOURCES) : 0;
    if (size != SIZE && (!isNewest || size < SIZE_3 + (sources << 2))) {
      malformedCount.add();
      return;
    }
    const code: u32 = load<u8>(message, 1);
    const age = isNewest ? 0 : code ? VERSION_2 : VERSION_1;
    const group = load<u32>(message, GROUP);
    const packet = this.ip.received;
    // Section 4, and what section 9.1 has hosts ignore: it comes from this link, and to all hosts where it is about all groups.
    if (load<u8>(packet, TTL) != 1 || !this.ip.isOnLink(from) || (age != VERSION_1 && !hasAlert(packet)) || (!group && to != ALL_HOSTS)) {
      untrustedCount.add();
      return;
    }
    queriesCount.add();
    this.meet(age, now);
    if (isNewest) this.adopt(load<u8>(message, FLAGS), load<u8>(message, INTERVAL));
    const most = age == VERSION_1 ? TIME_1 : (isNewest ? timeOf(code, 4) : code) * TENTH;
    this.asked(V4_HIGH, group ? lowOf(group) : 0, most, now);
  }

  protected room(): i32 {
    return this.ip.ethernet.mtu - HEADER_SIZE - ALERT_SIZE;
  }

  protected buffer(): usize {
    return this.ip.alertBuffer();
  }

  protected send(size: i32, now: i64): void {
    this.seal(REPORTS_TO, size);
  }

  protected sendOlder(group: Group, age: i32, now: i64): void {
    // RFC 1112: who knows version 1 knows of no leaving.
    if (age == VERSION_1 && !group.users) return;
    const message = this.ip.alertBuffer();
    const to = v4Of(group.low);
    store<u32>(message, <u32>(group.users ? (age == VERSION_1 ? REPORT_1 : REPORT_2) : LEAVE));
    store<u32>(message, to, GROUP);
    this.seal(group.users ? to : ALL_ROUTERS, SIZE);
  }

  private seal(to: u32, size: i32): void {
    const message = this.ip.alertBuffer();
    store<u16>(message, <u16>~fold(sum(message, size)), CHECKSUM);
    reportsCount.add();
    this.ip.alert(to, IGMP, size);
  }
}
