// RFC 6298, 5681, 6582, 6928 and 3042.

import { get32 } from "mirage-wasm/drivers/net/bytes";
import { V4_HIGH } from "mirage-wasm/drivers/net/ip";
import { Cause, State } from "mirage-wasm/drivers/net/tcp/state";
import { addressOf } from "./address";
import { check, equal } from "./check";
import { ACK, FIN, Lab, MS, Open, PEER, put, SECOND, SYN } from "./lab";

const MSS: u32 = 1000;



/** An open connection with a round trip that was measured as `time`. */
function measured(time: i64, mss: i32 = <i32>MSS): Open {
  const open = new Open(mss);
  put(open.connection, 10);
  open.step();
  open.drain();
  open.wait(time);
  open.inject(ACK, PEER + 1, open.iss + 11);
  return open;
}

/** Section 2 of RFC 6298: RTO = SRTT + 4 RTTVAR. */
export function rto(seed: u64): void {
  const open = measured(800 * MS);
  put(open.connection, 10);
  open.step();
  open.drain();
  // The handshake took no time: SRTT and RTTVAR begin at 0, as far as this clock sees.
  const first = open.waitForSegment(20 * SECOND);
  check(first >= 200 * MS && first < 4 * SECOND, "the first time");
  open.drain();
  equal(open.waitForSegment(20 * SECOND), 2 * first, "section 5.5: the next is twice as long");
  open.drain();
  equal(open.waitForSegment(20 * SECOND), 4 * first, "and again");
}

/** Section 2.2 and 2.3, by the numbers. */
export function rtoNumbers(seed: u64): void {
  const lab = new Lab(seed);
  const connection = lab.tcp.connect(V4_HIGH, addressOf(0), lab.peerPort, lab.now)!;
  lab.take();
  const iss = lab.sequence;
  lab.port = connection.localPort;
  lab.wait(500 * MS);
  lab.withMss(1000).inject(SYN | ACK, PEER, iss + 1);
  lab.drain();
  put(connection, 10);
  lab.step();
  lab.drain();
  // SRTT = 500, RTTVAR = 250.
  equal(lab.waitForSegment(9 * SECOND), 1500 * MS, "after the first measurement");
  lab.drain();
  lab.inject(ACK, PEER + 1, iss + 11);
  put(connection, 10);
  lab.step();
  lab.drain();
  equal(lab.waitForSegment(9 * SECOND), 3000 * MS, "section 3: what was sent twice says nothing, and the time stays doubled");
  lab.inject(ACK, PEER + 1, iss + 21);
  lab.drain();
  put(connection, 10);
  lab.step();
  lab.drain();
  lab.wait(900 * MS);
  lab.inject(ACK, PEER + 1, iss + 31);
  put(connection, 10);
  lab.step();
  lab.drain();
  // RTTVAR = 3/4 * 250 + 1/4 * 400 = 287.5, SRTT = 7/8 * 500 + 1/8 * 900 = 550.
  equal(lab.waitForSegment(9 * SECOND), 1700 * MS, "after the second measurement");
}

/** Section 3: what fast retransmit sends again says nothing either. */
export function karn(seed: u64): void {
  const open = new Open(1000);
  put(open.connection, 200_000);
  open.step();
  open.drain();
  open.wait(150 * MS);
  for (let i = 0; i < 3; i++) open.inject(ACK, PEER + 1, open.iss + 1);
  open.wait(10 * MS);
  open.inject(ACK, PEER + 1, open.iss + 1 + 12 * MSS);
  check(open.drain() > 0, "it goes on");
  // 160 ms would make it 480.
  check(open.waitForSegment(9 * SECOND) <= 250 * MS, "RTO");
}

/** Section 5.7: a SYN that was lost makes the first RTO 3 seconds, and the first window one segment (RFC 5681 section 3.1). */
export function lostSyn(seed: u64): void {
  const lab = new Lab(seed);
  const connection = lab.tcp.connect(V4_HIGH, addressOf(0), lab.peerPort, lab.now)!;
  lab.take();
  lab.wait(1500 * MS);
  lab.take();
  const iss = lab.sequence;
  lab.port = connection.localPort;
  lab.withMss(1000).inject(SYN | ACK, PEER, iss + 1);
  lab.drain();
  put(connection, 10_000);
  lab.step();
  equal(lab.drain(), 1, "segments at first");
  equal(lab.waitForSegment(9 * SECOND), 3 * SECOND, "RTO");
}

/** Timestamps measure what was sent twice (RFC 7323 section 4). */
export function rttByTimestamp(seed: u64): void {
  const open = new Open(1000, -1, 1);
  put(open.connection, 10);
  open.step();
  open.drain();
  open.waitForSegment(9 * SECOND);
  open.take();
  const echo = get32(open.find(8) + 2);
  open.wait(100 * MS);
  open.withTimestamp(2, echo).inject(ACK, PEER + 1, open.iss + 11);
  put(open.connection, 10);
  open.step();
  open.drain();
  const waited = open.waitForSegment(9 * SECOND);
  check(waited >= 200 * MS && waited <= 500 * MS, "the time is no longer doubled");
}

/**
 * RFC 7323 section 5.3 R2 and R3: what comes twice is answered with the timestamp of what came first. That says when the answer
 * which was lost was due, not how long this one took.
 */
export function lostAnswer(seed: u64): void {
  const open = new Open(1000, -1, 1);
  put(open.connection, 10);
  open.step();
  open.take();
  const echo = get32(open.find(8) + 2);
  for (let i = 0; i < 6; i++) {
    open.waitForSegment(99 * SECOND);
    open.take();
  }
  open.withTimestamp(2, echo).inject(ACK, PEER + 1, open.iss + 11);
  put(open.connection, 10);
  open.step();
  open.take();
  const next = get32(open.find(8) + 2);
  open.wait(20 * MS);
  open.withTimestamp(3, next).inject(ACK, PEER + 1, open.iss + 21);
  put(open.connection, 10);
  open.step();
  open.drain();
  equal(open.waitForSegment(99 * SECOND), 200 * MS, "RTO");
}

/** R2: nothing is sent for ever. */
export function givesUp(seed: u64): void {
  const open = new Open();
  const begin = open.now;
  put(open.connection, 10);
  open.step();
  while (open.connection.state != State.CLOSED && open.now - begin < 1000 * SECOND) open.wait(SECOND);
  equal(open.connection.cause, Cause.TIMEOUT, "the cause");
  check(open.now - begin >= 100 * SECOND, "SHLD-11: after 100 s at least");
  const other = new Open();
  const started = other.now;
  other.connection.giveUpAfter(3 * SECOND);
  put(other.connection, 10);
  other.step();
  while (other.connection.state != State.CLOSED && other.now - started < 1000 * SECOND) other.wait(SECOND / 10);
  check(other.now - started < 10 * SECOND, "MUST-21: the user can set it");
}

/** RFC 6928: ten segments, and not more than 14,600 bytes where they are large. */
export function initialWindow(seed: u64): void {
  let open = new Open(1460);
  put(open.connection, 100_000);
  open.step();
  equal(open.drain(), 10, "segments of 1460");
  open = new Open(1000);
  put(open.connection, 100_000);
  open.step();
  equal(open.drain(), 10, "segments of 1000");
}

/** RFC 5681 section 3.1: each acknowledgement of a segment lets one more go. */
export function slowStart(seed: u64): void {
  const open = new Open(1000);
  put(open.connection, 200_000);
  open.step();
  open.drain();
  for (let i: u32 = 1; i <= 20; i++) {
    open.inject(ACK, PEER + 1, open.iss + 1 + i * MSS);
    equal(open.drain(), 2, "segments");
  }
  open.inject(ACK, PEER + 1, open.iss + 1 + 22 * MSS);
  equal(open.drain(), 3, "one for two segments");
}

/** Beyond ssthresh the window grows by a segment a round trip. */
export function avoidance(seed: u64): void {
  const open = new Open(1000);
  put(open.connection, 200_000);
  open.step();
  open.drain();
  open.waitForSegment(9 * SECOND);
  // ssthresh is 7 segments.
  let next = open.iss + 1;
  let sum = 0;
  for (let i = 0; i < 40; i++) {
    let end = next;
    let count = 0;
    while (open.take()) {
      count++;
      end = max(end, open.sequence + open.size);
    }
    sum += count;
    if (i >= 8) check(count <= 3, "in a round trip of one segment at a time");
    next += MSS;
    open.inject(ACK, PEER + 1, next);
  }
  check(sum >= 40 && sum <= 60, `segments: ${sum}`);
}

/** RFC 5681 section 4.1. */
export function idleRestart(seed: u64): void {
  const open = new Open(1000);
  put(open.connection, 60_000);
  open.step();
  let next = open.iss + 1;
  for (let i = 0; i < 200; i++) {
    while (open.take()) {}
    next = min(next + MSS, open.iss + 1 + 60_000);
    open.inject(ACK, PEER + 1, next, 65_000);
  }
  open.drain();
  open.wait(10 * SECOND);
  put(open.connection, 60_000);
  open.step();
  equal(open.drain(), 10, "segments after a pause");
}

/** RFC 5681 section 3.2, steps 2 to 6, and RFC 3042. */
export function fastRetransmit(seed: u64): void {
  const open = new Open(1000);
  put(open.connection, 200_000);
  open.step();
  equal(open.drain(), 10, "segments");
  open.inject(ACK, PEER + 1, open.iss + 1 + MSS);
  equal(open.drain(), 2, "more");
  const una = open.iss + 1 + MSS;
  open.inject(ACK, PEER + 1, una);
  open.expect(ACK, open.iss + 1 + 12 * MSS, PEER + 1, 1000, "RFC 3042: the first duplicate lets one more go");
  open.inject(ACK, PEER + 1, una);
  open.expect(ACK, open.iss + 1 + 13 * MSS, PEER + 1, 1000, "RFC 3042: the second, too");
  open.inject(ACK, PEER + 1, una);
  open.expect(ACK, una, PEER + 1, 1000, "step 3: the third sends the lost one again");
  open.expectNothing("nothing else");
  // 11 segments, without what limited transmit has added; RFC 9438 section 4.6 leaves 7.7 of them: cwnd 10.7.
  let more = 0;
  for (let i = 0; i < 9; i++) {
    open.inject(ACK, PEER + 1, una);
    more += open.drain();
  }
  check(more >= 5 && more <= 7, `step 5: new ones while others leave: ${more}`);
  open.inject(ACK, PEER + 1, open.iss + 1 + 14 * MSS);
  check(open.drain() <= 2, "RFC 6582 section 3.2, step 3: no burst at the end");
  // Then ssthresh is the window.
  let next = open.iss + 1 + 14 * MSS;
  open.inject(ACK, PEER + 1, next + MSS);
  check(open.drain() <= 2, "step 6: the window is deflated");
}

/** RFC 3042 section 2: new segments go where the peer's window has room, one for each of the first duplicates, and at most two more than cwnd. */
export function limitedTransmit(seed: u64): void {
  const open = new Open(1000);
  put(open.connection, 60_000);
  open.step();
  equal(open.drain(), 10, "segments");
  open.inject(ACK, PEER + 1, open.iss + 1);
  equal(open.drain(), 1, "segments at the first duplicate");
  open.inject(ACK, PEER + 1, open.iss + 1);
  equal(open.drain(), 1, "at the second");
  open.inject(ACK, PEER + 1, open.iss + 1);
  open.expect(ACK, open.iss + 1, PEER + 1, 1000, "at the third: what is lost");
  // No more than the peer takes, …
  const small = new Open(1000, -1, -1, 10_000);
  put(small.connection, 60_000);
  small.step();
  equal(small.drain(), 10, "segments that fill the window");
  for (let i = 0; i < 2; i++) small.inject(ACK, PEER + 1, small.iss + 1, 10_000);
  small.expectNothing("behind a window that is full");
  // … and nothing for what is no duplicate.
  const other = new Open(1000);
  put(other.connection, 60_000);
  other.step();
  other.drain();
  other.inject(ACK, PEER + 1, other.iss + 1, 60_000);
  other.expectNothing("another window");
}

/** Section 3.8.3: how long what is sent may go unanswered is the user's to say, at any time; an answer begins it anew. */
export function userTimeout(seed: u64): void {
  const open = new Open();
  open.connection.giveUpAfter(20 * SECOND);
  for (let i: u32 = 0; i < 5; i++) {
    put(open.connection, 10);
    open.wait(15 * SECOND);
    open.drain();
    equal(open.connection.state, State.ESTABLISHED, "the state before it is over");
    open.inject(ACK, PEER + 1, open.iss + 11 + 10 * i);
  }
  open.wait(1000 * SECOND);
  equal(open.connection.state, State.ESTABLISHED, "the state while nothing is on its way");
  // A window that is closed and not told again.
  open.inject(ACK, PEER + 1, open.iss + 51, 0);
  put(open.connection, 10);
  open.wait(60 * SECOND);
  equal(open.connection.cause, Cause.TIMEOUT, "the cause, where probes are not answered");
  const late = new Open();
  put(late.connection, 10);
  late.wait(100 * SECOND);
  late.connection.giveUpAfter(90 * SECOND);
  late.wait(120 * SECOND);
  equal(late.connection.cause, Cause.TIMEOUT, "the cause, where it was set later");
}

/** RFC 6582 section 3.2, step 3: a part is acknowledged, the next hole is sent at once. */
export function partialAck(seed: u64): void {
  const open = new Open(1000);
  put(open.connection, 200_000);
  open.step();
  open.drain();
  const una = open.iss + 1;
  for (let i = 0; i < 3; i++) open.inject(ACK, PEER + 1, una);
  while (open.ip.count > 1) open.take();
  open.expect(ACK, una, PEER + 1, 1000, "the first");
  open.inject(ACK, PEER + 1, una + 4 * MSS);
  open.expect(ACK, una + 4 * MSS, PEER + 1, 1000, "the next");
  open.drain();
  open.inject(ACK, PEER + 1, una + 7 * MSS);
  open.expect(ACK, una + 7 * MSS, PEER + 1, 1000, "and the next");
  open.drain();
  equal(open.connection.state, State.ESTABLISHED, "the state");
}

/** RFC 6582 section 3.2, step 3: only the first part restarts the timer, so that many losses end in slow start. */
export function impatient(seed: u64): void {
  const open = new Open(1000);
  put(open.connection, 200_000);
  open.step();
  const una = open.iss + 1;
  for (let i = 0; i < 3; i++) open.inject(ACK, PEER + 1, una);
  open.wait(150 * MS);
  open.inject(ACK, PEER + 1, una + 2 * MSS);
  open.wait(150 * MS);
  open.inject(ACK, PEER + 1, una + 4 * MSS);
  open.drain();
  equal(open.waitForSegment(9 * SECOND), 50 * MS, "200 ms after the first part");
  open.expect(ACK, una + 4 * MSS, PEER + 1, 1000, "by timeout");
}

/** RFC 6582 section 4: duplicates of what a timeout has sent again do not begin another recovery. */
export function afterTimeout(seed: u64): void {
  const open = new Open(1000);
  put(open.connection, 200_000);
  open.step();
  open.drain();
  open.waitForSegment(9 * SECOND);
  open.expect(ACK, open.iss + 1, PEER + 1, 1000, "by timeout");
  open.expectNothing("one segment");
  for (let i = 0; i < 5; i++) open.inject(ACK, PEER + 1, open.iss + 1);
  while (open.take()) check(open.sequence != open.iss + 1, "not once more");
}

/** RFC 5681 section 3.1, equation 4, and RFC 6298 section 5.4: one segment, the earliest. */
export function timeoutWindow(seed: u64): void {
  const open = new Open(1000);
  put(open.connection, 200_000);
  open.step();
  equal(open.drain(), 10, "segments");
  open.waitForSegment(9 * SECOND);
  open.expect(ACK, open.iss + 1, PEER + 1, 1000, "the earliest");
  open.expectNothing("alone");
  open.inject(ACK, PEER + 1, open.iss + 1 + MSS);
  equal(open.drain(), 2, "then two");
  open.inject(ACK, PEER + 1, open.iss + 1 + 10 * MSS);
  check(open.drain() <= 4, "then slowly");
}

/** An acknowledgement with another window, or text, is no duplicate (RFC 5681 section 2). */
export function noDuplicates(seed: u64): void {
  const open = new Open(1000);
  put(open.connection, 200_000);
  open.step();
  open.drain();
  const una = open.iss + 1;
  for (let i = 0; i < 6; i++) open.inject(ACK, PEER + 1, una, 60_000 + i * 100);
  for (let i: u32 = 0; i < 6; i++) open.inject(ACK, PEER + 1 + i, una, 60_500, 1);
  while (open.take()) check(open.sequence != una || open.size == 0, "not sent again");
}

/** The fast retransmission of FIN, and of the rest with it. */
export function lostFin(seed: u64): void {
  const open = new Open(1000);
  put(open.connection, 500);
  open.connection.shutdown();
  open.step();
  open.expect(ACK | FIN, open.iss + 1, PEER + 1, 500, "text and FIN");
  open.waitForSegment(9 * SECOND);
  open.expect(ACK | FIN, open.iss + 1, PEER + 1, 500, "again");
  open.inject(ACK, PEER + 1, open.iss + 501);
  open.waitForSegment(9 * SECOND);
  open.expect(ACK | FIN, open.iss + 501, PEER + 1, 0, "FIN alone");
  open.inject(ACK, PEER + 1, open.iss + 502);
  equal(open.connection.state, State.FIN_WAIT_2, "the state");
}
