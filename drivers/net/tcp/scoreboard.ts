// What is on its way, segment by segment, and which of it the other side has (RFC 2018), so that it is known what was lost
// (RFC 8985, RACK).

import { isAfter, isBefore, later } from "./sequence";
import { TICK_SHIFT } from "./ticks";

/** Its record is kept, and it has arrived behind a hole. */
const SACKED: u32 = 1;
/** It counts as lost, and is to be sent again. */
const LOST: u32 = 2;
/** It was sent again. */
const RESENT: u32 = 4;

/** Segments that have a record of their own: beyond them the last one grows. */
const MAX: i32 = 1024;
const FIRST: i32 = 16;
/** Segments that have arrived behind a hole, by which it counts as lost where nothing comes in another order (section 6.2). */
const DUPLICATES: i32 = 3;

/** Sequence numbers that went out together. */
@unmanaged
class Sent {
  start: u32;
  end: u32;
  at: i64;
  flags: u32;
}
const SIZE: usize = offsetof<Sent>();

/** Raw memory, part of a `Tcb`. */
@unmanaged
export class Scoreboard {
  private records: usize;
  private capacity: i32;
  private head: i32;
  private count: i32;
  /** Sequence numbers that have arrived behind a hole, and those that are lost and not sent again. */
  sacked: i32;
  lost: i32;
  private sackedCount: i32;
  private resentCount: i32;
  /** Sequence numbers that the acknowledgement which is being read says have arrived, … */
  delivered: i32;
  /** … and the time that it echoes, in ticks. */
  private hasEcho: bool;
  private echo: u32;

  // RACK's names: when the last sent of those that have arrived was sent, where it ends, how long it took, and the shortest time.
  private sentAt: i64;
  private end: u32;
  private rtt: i64;
  private minRtt: i64;
  /** Where the highest of those that have arrived ends. */
  private highest: u32;
  /** Some have arrived in another order than they were sent in. */
  private isReordered: bool;

  private at(index: i32): Sent {
    return changetype<Sent>(this.records + <usize>(this.head + index) * SIZE);
  }

  /** These are on their way: they follow the last ones. */
  note(start: u32, end: u32, now: i64): void {
    if (this.count >= MAX && !this.at(this.count - 1).flags) {
      const last = this.at(this.count - 1);
      last.end = end;
      last.at = now;
      return;
    }
    if (this.head + this.count == this.capacity) this.makeRoom();
    const sent = this.at(this.count++);
    sent.start = start;
    sent.end = end;
    sent.at = now;
    sent.flags = 0;
  }

  private makeRoom(): void {
    if (this.head) {
      memory.copy(this.records, this.records + <usize>this.head * SIZE, <usize>this.count * SIZE);
      this.head = 0;
      if (this.count < this.capacity) return;
    }
    const capacity = max(FIRST, this.capacity << 1);
    const records = heap.alloc(<usize>capacity * SIZE);
    if (this.records) {
      memory.copy(records, this.records, <usize>this.count * SIZE);
      heap.free(this.records);
    }
    this.records = records;
    this.capacity = capacity;
  }

  /** Is there anything that not the next acknowledgement alone tells of? */
  get isTroubled(): bool {
    return this.sackedCount + this.resentCount + this.lost > 0;
  }

  /** An acknowledgement begins to be read. `echo`: of its timestamps, in ticks of this side's clock. */
  begin(hasEcho: bool, echo: u32): void {
    this.delivered = 0;
    this.hasEcho = hasEcho;
    this.echo = echo;
  }

  /** All before `ack` has arrived. */
  acknowledge(ack: u32, now: i64): void {
    while (this.count) {
      const sent = this.at(0);
      if (!isAfter(ack, sent.start)) break;
      const part = <i32>(min(<i32>(ack - sent.start), <i32>(sent.end - sent.start)));
      if (sent.flags & SACKED) this.sacked -= part;
      else {
        if (sent.flags & LOST) this.lost -= part;
        this.delivered += part;
      }
      if (isBefore(ack, sent.end)) {
        sent.start = ack;
        break;
      }
      if (sent.flags & SACKED) this.sackedCount--;
      else this.deliver(sent, now);
      if (sent.flags & RESENT) this.resentCount--;
      this.head++;
      this.count--;
    }
    if (this.count) return;
    this.head = 0;
    if (this.capacity > FIRST) this.release();
  }

  /** What lies between these has arrived, too. */
  sack(start: u32, end: u32, now: i64): void {
    for (let i = this.indexOf(start); i < this.count; i++) {
      const sent = this.at(i);
      if (isAfter(sent.end, end)) return;
      if (sent.flags & SACKED) continue;
      const length = <i32>(sent.end - sent.start);
      if (sent.flags & LOST) this.lost -= length;
      sent.flags = (sent.flags & ~LOST) | SACKED;
      this.sacked += length;
      this.sackedCount++;
      this.delivered += length;
      this.deliver(sent, now);
    }
  }

  /** The first one that begins at `start` or behind it. */
  private indexOf(start: u32): i32 {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isBefore(this.at(middle).start, start)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Section 6.2, steps 1 to 3. */
  private deliver(sent: Sent, now: i64): void {
    if (sent.flags & RESENT) {
      // What has arrived may be what was sent first.
      if (now - sent.at < this.minRtt || (this.hasEcho && isBefore(this.echo, <u32>(sent.at >> TICK_SHIFT)))) return;
    } else if (this.sentAt && isBefore(sent.end, this.highest)) this.isReordered = true;
    this.highest = this.sentAt ? later(this.highest, sent.end) : sent.end;
    const rtt = now - sent.at;
    if (!this.minRtt || rtt < this.minRtt) this.minRtt = rtt;
    if (sent.at < this.sentAt || (sent.at == this.sentAt && isBefore(sent.end, this.end))) return;
    this.sentAt = sent.at;
    this.end = sent.end;
    this.rtt = rtt;
  }

  /**
   * Finds what is lost: what was sent before something that has arrived, and should have by now (section 6.2, steps 4 and 5).
   * Returns after how long more would be, or 0.
   */
  detect(isRecovering: bool, smoothed: i64, now: i64): i64 {
    const patience = !this.isReordered && (isRecovering || this.sackedCount >= DUPLICATES) ? 0 : min(this.minRtt >> 2, smoothed);
    let wait: i64 = 0;
    for (let i = 0; i < this.count; i++) {
      const sent = this.at(i);
      if (sent.flags & (SACKED | LOST)) continue;
      if (sent.at > this.sentAt || (sent.at == this.sentAt && !isBefore(sent.end, this.end))) {
        // Those behind were sent later still, but for the ones that were sent again.
        if (this.resentCount) continue;
        break;
      }
      const rest = sent.at + this.rtt + patience - now;
      if (rest > 0) wait = max(wait, rest);
      else this.lose(sent);
    }
    return wait;
  }

  private lose(sent: Sent): void {
    sent.flags |= LOST;
    this.lost += <i32>(sent.end - sent.start);
  }

  /** Nothing has come back in time, or all was too large: what has not arrived is lost. */
  loseAll(): void {
    // The other side has thrown away what it said it had (RFC 2018 section 8).
    const isReneged = this.count > 0 && (this.at(0).flags & SACKED) != 0;
    for (let i = 0; i < this.count; i++) {
      const sent = this.at(i);
      if (isReneged && sent.flags & SACKED) {
        sent.flags &= ~SACKED;
        this.sacked -= <i32>(sent.end - sent.start);
        this.sackedCount--;
      }
      if (!(sent.flags & (SACKED | LOST))) this.lose(sent);
    }
  }

  /** It was no loss: what was not sent again since is on its way still. */
  loseNothing(): void {
    for (let i = 0; i < this.count; i++) this.at(i).flags &= ~LOST;
    this.lost = 0;
  }

  /** The first of those that are lost: from `lostStart` on, not more than `most` numbers of it. There is one. */
  takeLost(most: i32): i32 {
    let index = 0;
    while (!(this.at(index).flags & LOST)) index++;
    return this.take(index, most);
  }

  /** The last of those that have not arrived. False: there is none. */
  takeLast(most: i32): i32 {
    let index = this.count - 1;
    while (index >= 0 && this.at(index).flags & SACKED) index--;
    return index < 0 ? 0 : this.take(index, most);
  }

  /** What `takeLost` or `takeLast` has chosen. */
  start: u32;
  private taken: i32;

  private take(index: i32, most: i32): i32 {
    const sent = this.at(index);
    const length = <i32>(sent.end - sent.start);
    this.start = sent.start;
    this.taken = index;
    return min(length, most);
  }

  /** So many numbers of that one went out once more. */
  resent(length: i32, now: i64): void {
    let index = this.taken;
    const rest = <i32>(this.at(index).end - this.at(index).start) - length;
    if (rest > 0) {
      // It goes in smaller pieces now.
      if (this.head + this.count == this.capacity) this.makeRoom();
      memory.copy(changetype<usize>(this.at(index + 1)), changetype<usize>(this.at(index)), <usize>(this.count - index) * SIZE);
      this.count++;
      this.at(index).end = this.start + length;
      this.at(index + 1).start = this.start + length;
      if (this.at(index + 1).flags & RESENT) this.resentCount++;
    }
    const sent = this.at(index);
    if (sent.flags & LOST) this.lost -= length;
    if (!(sent.flags & RESENT)) this.resentCount++;
    sent.flags = RESENT;
    sent.at = now;
  }

  release(): void {
    if (this.records) heap.free(this.records);
    this.records = 0;
    this.capacity = 0;
    this.head = 0;
    this.count = 0;
  }
}
