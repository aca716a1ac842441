// Which groups of IPv6 this host listens to: MLDv2 (RFC 3810), and MLDv1 (RFC 2710) with routers that know no other.

import { Counter } from "mirage-wasm/metrics";
import { get16 } from "./bytes";
import { fold, pseudoSum, sum } from "./checksum";
import { Group, Groups, timeOf } from "./groups";
import { ICMPV6 } from "./ip";
import { HOP_BY_HOP, hasAlert } from "./ipv6-extensions";
import { Ipv6 } from "./ipv6";
import { ALL_NODES, ALL_ROUTERS, HEADER_SIZE, isLinkLocal, LINK_GROUP, MLD_ROUTERS, NEXT } from "./ipv6-header";

// ╒═════════ query ══════════╕
// │  0  type, code           │
// │  2  checksum             │
// │  4  time for answers, ms │
// │  8  group                │
// │ 24  flags, robustness    │ from version 2 on
// │ 25  interval of queries  │
// │ 26  sources              │
// │ 28  their addresses      │
// ╘══════════════════════════╛
const CHECKSUM: usize = 2;
const TIME: usize = 4;
const GROUP: usize = 8;
const FLAGS: usize = 24;
const INTERVAL: usize = 25;
const SOURCES: usize = 26;
const SIZE: i32 = 24;
const SIZE_2: i32 = 28;
export const QUERY: u8 = 130;
export const REPORT_1: u8 = 131;
const DONE: u8 = 132;
const REPORT_2: u8 = 143;
const VERSION_1: i32 = 1;

/** Section 5: a hop-by-hop header with a router alert, as it lies in memory; it ends with two bytes of padding. */
const ALERT: u64 = 0x0001_0000_0205_003a;
const ALERT_SIZE: i32 = 8;

const queriesCount = new Counter("mld.queries");
const reportsCount = new Counter("mld.reports");
const malformedCount = new Counter("mld.malformed");
const untrustedCount = new Counter("mld.untrusted");

export class Mld extends Groups {
  constructor(private readonly ip: Ipv6) {
    super(ip.ethernet.mac, REPORT_2, 16);
  }

  /** Section 6: all nodes listen to ff02::1, and nobody tells of groups of no more than a node (ff00::/16, ff01::/16). */
  protected isTold(high: u64, low: u64): bool {
    return ((high >> 8) & 15) > 1 && !(high == LINK_GROUP && low == ALL_NODES);
  }

  /** A message whose checksum is right. */
  input(fromHigh: u64, fromLow: u64, toHigh: u64, toLow: u64, message: usize, size: i32, now: i64): void {
    const isNewest = size >= SIZE_2;
    const isQuery = load<u8>(message) == QUERY;
    // Section 8.1 says by its size which version a query is of.
    if (size < SIZE || (isQuery && (isNewest ? size < SIZE_2 + (<i32>get16(message + SOURCES) << 4) : size != SIZE))) {
      malformedCount.add();
      return;
    }
    const high = load<u64>(message, GROUP);
    const low = load<u64>(message, GROUP + 8);
    const packet = this.ip.received;
    // Section 6.2, and 5.1.15: one about all groups goes to all nodes.
    const isAlert = load<u8>(packet, NEXT) == HOP_BY_HOP && hasAlert(packet + HEADER_SIZE);
    const isMisplaced = isQuery && !(high | low) && !(toHigh == LINK_GROUP && toLow == ALL_NODES);
    if (this.ip.receivedHops != 1 || !isLinkLocal(fromHigh) || !isAlert || isMisplaced) {
      untrustedCount.add();
      return;
    }
    if (!isQuery) return this.heard(high, low);
    queriesCount.add();
    this.meet(isNewest ? 0 : VERSION_1, now);
    if (isNewest) this.adopt(load<u8>(message, FLAGS), load<u8>(message, INTERVAL));
    const code = get16(message + TIME);
    this.asked(high, low, isNewest ? timeOf(code, 12) : code, now);
  }

  protected room(): i32 {
    return this.ip.ethernet.mtu - HEADER_SIZE - ALERT_SIZE;
  }

  /** What fits a frame stands where frames are written. */
  protected buffer(): usize {
    return this.ip.buffer(LINK_GROUP, MLD_ROUTERS, 0) + ALERT_SIZE;
  }

  protected send(size: i32, now: i64): void {
    this.seal(LINK_GROUP, MLD_ROUTERS, size, now);
  }

  protected sendOlder(group: Group, age: i32, now: i64): void {
    const message = this.buffer();
    store<u64>(message, group.users ? REPORT_1 : DONE);
    store<u64>(message, group.high, GROUP);
    store<u64>(message, group.low, GROUP + 8);
    if (group.users) this.seal(group.high, group.low, SIZE, now);
    else this.seal(LINK_GROUP, ALL_ROUTERS, SIZE, now);
  }

  /** Sends the message at `buffer` from the link's own address. RFC 3590: from none where there is none yet. */
  private seal(toHigh: u64, toLow: u64, size: i32, now: i64): void {
    const message = this.buffer();
    const own = this.ip.addresses.choose(LINK_GROUP, MLD_ROUTERS);
    const isThere = own != null && isLinkLocal(own.high);
    const fromHigh = isThere ? own!.high : 0;
    const fromLow = isThere ? own!.low : 0;
    store<u64>(message - ALERT_SIZE, ALERT);
    store<u16>(message, <u16>~fold(sum(message, size, pseudoSum(fromHigh, fromLow, toHigh, toLow, ICMPV6, size))), CHECKSUM);
    reportsCount.add();
    this.ip.emit(fromHigh, fromLow, toHigh, toLow, HOP_BY_HOP, ALERT_SIZE + size, 1, now);
  }
}
