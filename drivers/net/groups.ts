// The groups that this host listens to, and how it tells routers and switches: what IGMPv3 (RFC 3376) and MLDv2 (RFC 3810) have in
// common. It listens to a group whoever speaks there: there are no filters of sources. Sections are those of RFC 3376.

import { SeededRandom } from "mirage-wasm/drivers/random";
import { MILLISECOND, SECOND } from "mirage-wasm/duration";
import { put16 } from "./bytes";
import { NO_DEADLINE, v4Of } from "./ip";

// ╒══════ report ══════╕   ╒════════ record ════════╕
// │ 0  type            │   │ 0  kind                │
// │ 2  checksum        │   │ 1  words behind        │
// │ 6  records         │   │ 2  sources             │
// │ 8  records         │   │ 4  the group's address │
// ╘════════════════════╛   ╘════════════════════════╛
const RECORDS: usize = 6;
const REPORT_HEADER: i32 = 8;
const GROUP: usize = 4;
/** Section 4.2.12, of a record: it is listened to whoever speaks, or not at all; now, or from now on. */
const IS_EXCLUDE: u8 = 2;
const TO_INCLUDE: u8 = 3;
const TO_EXCLUDE: u8 = 4;

/** Groups of a host, at most. */
export const MOST: i32 = 32;
/** Section 8: how often a change is told, seconds between queries, and how long an answer to one may take; milliseconds between changes. */
const ROBUSTNESS: i32 = 2;
const QUERY_INTERVAL: i64 = 125;
const RESPONSE_INTERVAL: i64 = 10 * SECOND;
const UNSOLICITED_INTERVAL: u32 = 1000;
/** Between answers about the same, whoever asks how often. */
const PAUSE: i64 = 100 * MILLISECOND;
/** A change that is told at the next step. */
const AT_ONCE: i64 = i64.MIN_VALUE;

/** Queriers know the newest version, the one before or (IGMPv1) the one before that. */
const VERSIONS: i32 = 3;

/** The groups that a host, or a socket of it, listens to: in images that join one. */
export interface Listening {
  has(high: u64, low: u64): bool;

  /** False: there are too many. */
  join(high: u64, low: u64): bool;

  leave(high: u64, low: u64): void;
}

/** A group that this host listens to, or has left and still tells so. */
export class Group {
  users: i32 = 0;
  /** How often its last change is still to be told, and when next. */
  changes: i32 = 0;
  changeDue: i64 = NO_DEADLINE;
  /** When an answer about it is due, and before which there is none. */
  answerDue: i64 = NO_DEADLINE;
  answerAfter: i64 = AT_ONCE;

  constructor(
    readonly high: u64,
    readonly low: u64,
  ) {}
}

export abstract class Groups implements Listening {
  private readonly all: Group[] = [];
  private readonly random: SeededRandom;
  /** When something is due. */
  private due: i64 = NO_DEADLINE;
  /** As a group's, about all of them. */
  private answerDue: i64 = NO_DEADLINE;
  private answerAfter: i64 = AT_ONCE;
  /** How much older than the newest version the one is that is spoken, and until when queriers of such versions are expected. */
  private age: i32 = 0;
  private readonly until: StaticArray<i64> = new StaticArray<i64>(VERSIONS);
  private robustness: i32 = ROBUSTNESS;
  private interval: i64 = QUERY_INTERVAL;

  /** `type`: of reports; `width`: bytes of an address. */
  constructor(
    seed: u64,
    private readonly type: u8,
    private readonly width: i32,
  ) {
    this.random = new SeededRandom(seed);
    this.until.fill(AT_ONCE);
  }

  /** Is it told of a group that it is listened to? All hosts listen to some. */
  protected abstract isTold(high: u64, low: u64): bool;

  /** Bytes of the largest report that fits a frame, and where it is to be written. */
  protected abstract room(): i32;
  protected abstract buffer(): usize;

  /** Sends it. */
  protected abstract send(size: i32, now: i64): void;

  /** Says in an older version that the group is listened to, or was left. */
  protected abstract sendOlder(group: Group, age: i32, now: i64): void;

  has(high: u64, low: u64): bool {
    const group = this.find(high, low);
    return group != null && group.users > 0;
  }

  protected find(high: u64, low: u64): Group | null {
    const all = this.all;
    for (let i = 0; i < all.length; i++) if (unchecked(all[i]).low == low && unchecked(all[i]).high == high) return unchecked(all[i]);
    return null;
  }

  /** It is told at the next step. False: there are too many. */
  join(high: u64, low: u64): bool {
    if (!this.isTold(high, low)) return true;
    let group = this.find(high, low);
    if (!group) {
      if (this.all.length == MOST) return false;
      group = new Group(high, low);
      this.all.push(group);
    }
    if (!group.users++) this.change(group);
    return true;
  }

  /** As often as it was joined. */
  leave(high: u64, low: u64): void {
    const group = this.find(high, low);
    if (group && group.users && !--group.users) this.change(group);
  }

  /** Section 5.1: a change takes the place of one before. */
  private change(group: Group): void {
    group.changeDue = AT_ONCE;
    if (!group.users) group.answerDue = NO_DEADLINE;
    this.due = AT_ONCE;
  }

  /** Somebody who knows a version so much older speaks, or one who knows the newest (0): section 7.2.1. */
  protected meet(age: i32, now: i64): void {
    // Section 8.12.
    if (age) this.until[age] = now + <i64>this.robustness * this.interval * SECOND + RESPONSE_INTERVAL;
    this.choose(now);
  }

  /** A querier of the newest version says how it is done here (sections 4.1.6 and 4.1.7): `flags`, `code` as they stand in its query. */
  protected adopt(flags: u8, code: u8): void {
    this.robustness = flags & 7 ? flags & 7 : ROBUSTNESS;
    this.interval = code ? <i64>timeOf(code, 4) : QUERY_INTERVAL;
  }

  /** The oldest version of which a querier is expected is spoken; another one than before forgets what was to be said. */
  private choose(now: i64): void {
    let age = VERSIONS - 1;
    while (age && this.until[age] <= now) age--;
    if (age == this.age) return;
    this.age = age;
    this.answerDue = NO_DEADLINE;
    for (let i = this.all.length - 1; i >= 0; i--) {
      this.all[i].answerDue = NO_DEADLINE;
      if (this.all[i].changeDue != AT_ONCE) this.settle(i);
    }
  }

  /** Nothing more is to be told of a change. */
  private settle(index: i32): void {
    const group = this.all[index];
    group.changes = 0;
    group.changeDue = NO_DEADLINE;
    if (!group.users) this.all.splice(index, 1);
  }

  /** Somebody asks for a group, or (`high` and `low` are 0) for all, and waits `most` milliseconds: section 5.2. */
  protected asked(high: u64, low: u64, most: u32, now: i64): void {
    const due = now + <i64>this.random.below(most + 1) * MILLISECOND;
    // Rule 1: all are told sooner than that.
    if (this.answerDue <= due) return;
    if (high | low) {
      const group = this.find(high, low);
      if (group && group.users) this.answer(group, due);
    } else if (this.age) {
      // RFC 2236 section 3: each is told at a time of its own.
      for (let i = 0; i < this.all.length; i++) if (this.all[i].users) this.answer(this.all[i], now + <i64>this.random.below(most + 1) * MILLISECOND);
    } else {
      this.answerDue = max(due, this.answerAfter);
      this.due = min(this.due, this.answerDue);
    }
  }

  private answer(group: Group, due: i64): void {
    group.answerDue = min(group.answerDue, max(due, group.answerAfter));
    this.due = min(this.due, group.answerDue);
  }

  /** Another host has said in an older version that it listens to this group: that is enough (RFC 2236 section 3). */
  protected heard(high: u64, low: u64): void {
    if (!this.age) return;
    const group = this.find(high, low);
    if (!group || !group.users) return;
    group.answerDue = NO_DEADLINE;
    group.changes = 0;
    group.changeDue = NO_DEADLINE;
  }

  step(now: i64): i64 {
    if (this.due > now) return this.due;
    this.choose(now);
    if (this.answerDue <= now) {
      this.answerDue = NO_DEADLINE;
      this.answerAfter = now + PAUSE;
      this.report(IS_EXCLUDE, null, now);
    }
    this.due = this.answerDue;
    for (let i = this.all.length - 1; i >= 0; i--) {
      const group = this.all[i];
      if (group.answerDue <= now) {
        group.answerDue = NO_DEADLINE;
        group.answerAfter = now + PAUSE;
        this.tell(group, IS_EXCLUDE, now);
      }
      if (group.changeDue <= now) {
        // RFC 2236 section 3: that it was left is said once.
        if (group.changeDue == AT_ONCE) group.changes = group.users || !this.age ? this.robustness : 1;
        this.tell(group, group.users ? TO_EXCLUDE : TO_INCLUDE, now);
        group.changeDue = now + <i64>(1 + this.random.below(UNSOLICITED_INTERVAL)) * MILLISECOND;
        if (!--group.changes) this.settle(i);
      }
      this.due = min(this.due, min(group.answerDue, group.changeDue));
    }
    return this.due;
  }

  private tell(group: Group, kind: u8, now: i64): void {
    if (this.age) this.sendOlder(group, this.age, now);
    else this.report(kind, group, now);
  }

  /** One record, or one for each group that is listened to, in as many reports as they need. */
  private report(kind: u8, only: Group | null, now: i64): void {
    const record = <i32>GROUP + this.width;
    const most = (this.room() - REPORT_HEADER) / record;
    let count = 0;
    for (let i = 0; i < this.all.length; i++) {
      const group = this.all[i];
      if (only ? group != only : !group.users) continue;
      const at = this.buffer() + REPORT_HEADER + count++ * record;
      store<u32>(at, kind);
      if (this.width == 4) store<u32>(at, v4Of(group.low), GROUP);
      else {
        store<u64>(at, group.high, GROUP);
        store<u64>(at, group.low, GROUP + 8);
      }
      if (count < most) continue;
      this.finish(count, record, now);
      count = 0;
    }
    if (count) this.finish(count, record, now);
  }

  private finish(count: i32, record: i32, now: i64): void {
    const report = this.buffer();
    store<u64>(report, this.type);
    put16(report + RECORDS, count);
    this.send(REPORT_HEADER + count * record, now);
  }
}

/** Sections 4.1.1 and 4.1.7: a number of so many bits that may be large: its first half is an exponent, if the first bit says so, and `bits` are of its fraction. */
export function timeOf(code: u32, bits: u32): u32 {
  const first: u32 = 1 << (bits + 3);
  return code < first ? code : ((code & ((1 << bits) - 1)) | (1 << bits)) << (((code >> bits) & 7) + 3);
}
