// RFC 2018, 2883, 8985, 6937, 3522.

import { get32 } from "mirage-wasm/drivers/net/bytes";
import { V4_HIGH } from "mirage-wasm/drivers/net/ip";
import { Congestion } from "mirage-wasm/drivers/net/tcp/congestion";
import { State } from "mirage-wasm/drivers/net/tcp/state";
import { addressOf } from "./address";
import { check, equal } from "./check";
import { ACK, FIN, Lab, MS, Open, PEER, put, SECOND, SYN } from "./lab";

const MSS: u32 = 1000;
/** A round trip. */
const TIME: i64 = 100 * MS;

/** Ten segments of 1000 bytes are on their way, to a peer that tells which arrive. */
class Told extends Open {
  constructor(timestamp: i64 = -1) {
    super(<i32>MSS + (timestamp >= 0 ? 12 : 0), -1, timestamp, 65_535, true, TIME);
    put(this.connection, 60_000);
    this.step();
    equal(this.drain(), 10, "segments at first");
  }

  /** Where the segment of this number begins. */
  at(number: u32): u32 {
    return this.iss + 1 + number * MSS;
  }

  /** The peer has all before `ack`, and these. */
  has(ack: u32, pairs: u32[]): void {
    if (pairs.length) {
      const numbers: u32[] = [];
      for (let i = 0; i < pairs.length; i++) numbers.push(this.at(pairs[i]));
      this.withSack(numbers);
    }
    this.inject(ACK, PEER + 1, this.at(ack));
  }

  /** Numbers of the segments that are sent now, between spaces. */
  sent(): string {
    let all = " ";
    while (this.take()) all += `${(this.sequence - this.iss - 1) / MSS} `;
    return all;
  }
}

function says(actual: string, expected: string, what: string): void {
  check(actual == expected, `${what}: ${actual}`);
}

/** Section 2: this side offers it, and uses it where both do. */
export function permitted(seed: u64): void {
  const lab = new Lab(seed);
  lab.tcp.connect(V4_HIGH, addressOf(0), 80, lab.now);
  lab.take();
  check(lab.find(4) != 0, "it is in our SYN");
  lab.tcp.listen(7);
  lab.withSackPermitted().inject(SYN, PEER, 0);
  lab.take();
  check(lab.find(4) != 0, "and in the answer to one that has it");
  lab.peerPort++;
  lab.withMss(1000).inject(SYN, PEER, 0);
  lab.take();
  equal(lab.find(4), 0, "and not in the answer to one that has not");
  const open = new Open();
  open.inject(ACK, PEER + 101, open.iss + 1, 65_535, 100);
  open.take();
  equal(open.find(5), 0, "nothing is told to who has not offered it");
}

/** Section 4: the block that has changed last comes first, and those of before follow. */
export function blocks(seed: u64): void {
  const open = new Open(1460, -1, -1, 65_535, true);
  const gaps: u32[] = [200, 400, 600, 800];
  for (let i = 0; i < gaps.length; i++) {
    open.inject(ACK, PEER + 1 + gaps[i], open.iss + 1, 65_535, 100);
    check(open.take(), "an acknowledgement at once");
    const option = open.find(5);
    const count = i + 1;
    equal(load<u8>(option, 1), 2 + 8 * count, "its length");
    for (let j = 0; j < count; j++) {
      equal(get32(option + 2 + 8 * j), PEER + 1 + gaps[i - j], "where a block begins");
      equal(get32(option + 6 + 8 * j), PEER + 101 + gaps[i - j], "where it ends");
    }
  }
  open.inject(ACK, PEER + 301, open.iss + 1, 65_535, 100);
  open.take();
  equal(get32(open.find(5) + 2), PEER + 201, "two that became one with what is between them");
  equal(get32(open.find(5) + 6), PEER + 501, "its end");
  open.inject(ACK, PEER + 1, open.iss + 1, 65_535, 900);
  open.take();
  equal(open.ack, PEER + 901, "all is there");
  equal(open.find(5), 0, "and no block");
}

/** RFC 2883 section 4: what comes twice is told first. */
export function twice(seed: u64): void {
  const open = new Open(1460, -1, -1, 65_535, true);
  open.inject(ACK, PEER + 1, open.iss + 1, 65_535, 100);
  open.inject(ACK, PEER + 201, open.iss + 1, 65_535, 100);
  open.drain();
  open.inject(ACK, PEER + 51, open.iss + 1, 65_535, 50);
  open.take();
  const option = open.find(5);
  equal(load<u8>(option, 1), 18, "its length");
  equal(get32(option + 2), PEER + 51, "where it begins");
  equal(get32(option + 6), PEER + 101, "where it ends");
  equal(get32(option + 10), PEER + 201, "then what is behind the hole");
  open.inject(ACK, PEER + 301, open.iss + 1, 65_535, 10);
  open.take();
  equal(get32(open.find(5) + 2), PEER + 201, "told once");
}

/** What is missing is sent again, and nothing else. */
export function holes(seed: u64): void {
  const told = new Told();
  told.now += TIME;
  told.has(1, []);
  says(told.sent(), " 10 11 ", "new ones");
  told.has(1, [2, 3]);
  told.has(1, [2, 4]);
  told.drain();
  told.has(1, [6, 7, 2, 4]);
  told.has(1, [6, 8, 2, 4]);
  told.has(1, [6, 9, 2, 4]);
  told.has(1, [6, 10, 2, 4]);
  const sent = told.sent();
  check(sent.startsWith(" 1 4 5 "), `the holes, from the third that has arrived on, in their order: ${sent}`);
  check(!sent.includes(" 2 ") && !sent.includes(" 3 ") && !sent.includes(" 6 "), `not what has arrived: ${sent}`);
  told.has(12, []);
  equal(told.connection.state, State.ESTABLISHED, "its state");
}

/** Section 8 of RFC 2018, and RFC 5961: what was never sent, lies before, or turns around, says nothing. */
export function lies(seed: u64): void {
  const told = new Told();
  told.has(2, []);
  told.drain();
  told.has(2, [11, 40]);
  told.has(2, [0, 2]);
  told.has(2, [5, 4]);
  told.has(2, [1, 5]);
  told.withOption([5, 9, 0, 0, 0, 0, 0, 0, 0]);
  told.has(2, []);
  told.withOption([5, 34]);
  told.has(2, []);
  says(told.sent(), " ", "what is sent for that");
}

/** Section 8: the other side may throw away what it has told; after a timeout it is asked for again. */
export function reneged(seed: u64): void {
  const told = new Told();
  told.has(0, [1, 10]);
  told.drain();
  while (told.waitForSegment(9 * SECOND) < 9 * SECOND && told.sequence != told.at(0)) told.take();
  told.has(1, []);
  told.drain();
  told.waitForSegment(9 * SECOND);
  told.drain();
  for (let i: u32 = 2; i < 60; i++) {
    told.has(i, []);
    told.wait(SECOND);
    told.drain();
  }
  told.has(60, []);
  told.wait(100 * SECOND);
  says(told.sent(), " ", "what is left");
}

/** RFC 8985 section 6.2: what overtakes others by less than a quarter of the round trip makes nothing lost; what is later, does. */
export function reordered(seed: u64): void {
  const told = new Told();
  told.now += TIME;
  told.has(0, [1, 2]);
  told.has(0, [1, 3]);
  check(!told.sent().includes(" 0 "), "it waits");
  told.now += 10 * MS;
  told.has(3, []);
  told.drain();
  // Now it is known that the order may change: three that have arrived are no proof.
  told.has(3, [4, 5]);
  told.has(3, [4, 6]);
  told.has(3, [4, 7]);
  told.has(3, [4, 8]);
  check(!told.sent().includes(" 3 "), "it waits though four have arrived");
  told.wait(60 * MS);
  check(told.sent().includes(" 3 "), "it is lost when its time is over");
}

/** Section 3: a retransmission that is lost, too, is sent again before the timeout. */
export function lostAgain(seed: u64): void {
  const told = new Told();
  told.now += TIME;
  told.has(0, [1, 4]);
  check(told.sent().startsWith(" 0 "), "at once");
  told.now += 50 * MS;
  told.has(0, [1, 10]);
  told.drain();
  told.now += 51 * MS;
  // What went out after it has arrived.
  told.has(0, [1, 11]);
  told.now += 20 * MS;
  told.has(0, [1, 12]);
  told.wait(30 * MS);
  check(told.sent().includes(" 0 "), "the lost retransmission");
}

/** Section 7: the last segment is sent again after two round trips, which is before the timeout. */
export function tail(seed: u64): void {
  const open = new Open(1000, -1, -1, 65_535, true, TIME);
  put(open.connection, 3000);
  open.step();
  open.drain();
  equal(open.waitForSegment(9 * SECOND), 2 * TIME, "when");
  open.expect(ACK, open.iss + 2001, PEER + 1, 1000, "the last one");
  open.withSack([open.iss + 2001, open.iss + 3001]).inject(ACK, PEER + 1, open.iss + 1);
  open.wait(26 * MS);
  open.expect(ACK, open.iss + 1, PEER + 1, 1000, "then what was lost");
  const none = new Open(1000, -1, -1, 65_535, true, TIME);
  none.connection.shutdown();
  none.step();
  none.drain();
  none.waitForSegment(9 * SECOND);
  none.expect(ACK | FIN, none.iss + 1, PEER + 1, 0, "FIN alone");
}

/** RFC 6937: over a recovery not more goes out than the new window has, and never a burst. */
export function proportional(seed: u64): void {
  const told = new Told();
  told.now += TIME;
  for (let i: u32 = 1; i <= 10; i++) told.has(i, []);
  equal(told.drain(), 20, "twenty more");
  told.now += TIME;
  // The first of twenty is lost.
  let sent = 0;
  for (let i: u32 = 1; i < 20; i++) {
    told.has(10, [11, 11 + i]);
    const now = told.drain();
    check(i < 4 || now <= 2, `at once: ${now}`);
    sent += now;
  }
  check(sent >= 12 && sent <= 16, `0.7 of what was on its way, and what limited transmit gave: ${sent}`);
  told.has(30, []);
  check(told.drain() <= 15, "no burst at the end");
}

/** RFC 3522: an answer to what was sent first shows that a timeout came too soon; all goes on as before it. */
export function late(seed: u64): void {
  const told = new Told(1);
  told.wait(2 * MS);
  const echo = get32(told.find(8) + 2);
  while (told.waitForSegment(9 * SECOND) < 9 * SECOND) {
    told.take();
    if (told.sequence == told.at(0)) break;
  }
  told.drain();
  told.withTimestamp(2, echo);
  told.has(1, []);
  const sent = told.sent();
  check(!sent.includes(" 1 ") || sent.includes(" 11 "), `nothing again: ${sent}`);
  check(sent.includes(" 10 "), `but new ones: ${sent}`);
}

/** RFC 9438: back to the window of before the loss in K seconds, slowly near it, then ever faster; less for who lost again before that. */
export function cubic(seed: u64): void {
  const cubic = changetype<Congestion>(heap.alloc(offsetof<Congestion>()));
  memory.fill(changetype<usize>(cubic), 0, offsetof<Congestion>());
  const mss = 1000;
  cubic.begin(mss, false, 0);
  cubic.window = 100 * mss;
  cubic.enterProportional(102 * mss, mss, 1);
  cubic.endProportional();
  equal(cubic.window, 70 * mss, "section 4.6: 0.7 of it is left; what limited transmit has added does not count");
  // K = cbrt(30 / 0.4) = 4.2 seconds, with a round trip of 100 ms.
  const windows: i32[] = [];
  let now = SECOND;
  for (let round = 0; round <= 80; round++) {
    windows.push(cubic.window / mss);
    const segments = cubic.window / mss;
    for (let i = 0; i < segments; i++) cubic.grow(mss, mss, true, TIME, now + (i * TIME) / segments);
    now += TIME;
  }
  check(windows[20] >= 92 && windows[20] <= 97, `after 2 s: ${windows[20]}`);
  check(windows[42] >= 98 && windows[42] <= 101, `after K: ${windows[42]}`);
  check(windows[52] - windows[42] <= 3, `a second later: ${windows[52]}`);
  check(windows[80] >= 118 && windows[80] <= 125, `after 8 s: ${windows[80]}`);
  cubic.window = 80 * mss;
  cubic.enterProportional(80 * mss, mss, 1);
  cubic.endProportional();
  for (let round = 0; round < 20; round++, now += TIME) for (let i = 0; i < 56; i++) cubic.grow(mss, mss, true, TIME, now);
  check(cubic.window < 70 * mss, `section 4.7: others have the room: ${cubic.window}`);
  for (let round = 20; round < 35; round++, now += TIME) for (let i = 0; i < 68; i++) cubic.grow(mss, mss, true, TIME, now);
  check(cubic.window < 76 * mss, `section 4.3: not faster than Reno's before it is where it was: ${cubic.window}`);
}

/** RFC 9293 section 3.8.6: a window that is taken back keeps what is lost from being sent; once there is room, it goes at once. */
export function takenBack(seed: u64): void {
  const told = new Told();
  told.now += TIME;
  told.withSack([told.at(2), told.at(5)]).inject(ACK, PEER + 1, told.at(1), 100);
  told.drain();
  let most = 0;
  for (let i = 0; i < 8; i++) {
    told.wait(8 * SECOND);
    while (told.take()) {
      most = max(most, told.size);
      told.inject(ACK, PEER + 1, told.at(1), 100);
    }
  }
  told.inject(ACK, PEER + 1, told.at(1), 100, 10);
  told.take();
  check(told.sequence - told.at(1) <= 100, "an acknowledgement that the other side hears");
  check(most <= 100, `no more is sent than there is room for: ${most}`);
  told.inject(ACK, PEER + 11, told.at(1), 65_535);
  told.take();
  check(told.sequence == told.at(1) && told.size > 0, "what is missing, at once");
}

/** RFC 2018 section 4: there is no block too few, and no empty option, when those that came last are acknowledged. */
export function others(seed: u64): void {
  const open = new Open(1460, -1, -1, 65_535, true);
  for (let i = 9; i > 0; i--) open.inject(ACK, PEER + 1 + i * 200, open.iss + 1, 65_535, 100);
  open.drain();
  open.inject(ACK, PEER + 1, open.iss + 1, 65_535, 700);
  open.take();
  equal(open.ack, PEER + 701, "acknowledged");
  equal(load<u8>(open.find(5), 1), 34, "four blocks");
  equal(get32(open.find(5) + 2), PEER + 801, "the nearest");
}
