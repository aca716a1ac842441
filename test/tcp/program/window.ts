// Windows: RFC 9293 sections 3.8.5 and 3.8.6, RFC 7323 section 2.

import { State } from "mirage-wasm/drivers/net/tcp/state";
import { Cause } from "mirage-wasm/drivers/net/tcp/state";
import { Pair, SECOND } from "./bed";
import { check, equal } from "./check";
import { Sink, Source } from "./flow";
import { ACK, FIN, get, MS, Open, PEER, put, RST, URG } from "./lab";

/** What waits unread at most, as long as nobody has read. */
const BUFFER: i32 = 65_536;

/** Lets the peer send `total` bytes in order, from `from` on; returns the next number. */
function pour(open: Open, from: u32, total: i32): u32 {
  while (total > 0) {
    const size = min(total, 1000);
    open.inject(ACK, from, open.iss + 1, 65_535, size);
    from += size;
    total -= size;
  }
  return from;
}

/** mirage-tcpip's "deadlock": who reads slowly gets all. */
export function slowReader(seed: u64): void {
  const pair = new Pair(seed);
  const source = new Source(pair.a, 3_000_000);
  const sink = new Sink(pair.b);
  for (let i = 0; i < 6000 && !sink.isEnded; i++) {
    source.go();
    pair.run(5 * MS);
    sink.go(1000);
  }
  equal(sink.read, 3_000_000, "bytes that are read");
  check(sink.isRight && sink.isEnded, "they are the same");
}

/** A window that has closed opens by itself, once there is room: nobody has to ask. */
export function reopens(seed: u64): void {
  const pair = new Pair(seed);
  const source = new Source(pair.a, 1_000_000);
  source.go();
  pair.run(SECOND);
  source.go();
  pair.run(100 * SECOND);
  equal(pair.b.available, BUFFER, "bytes that are not read");
  const sent = pair.way.sent;
  const sink = new Sink(pair.b);
  sink.go();
  pair.run(20 * MS);
  check(pair.way.sent > sent + 50, "it goes on at once");
}

/** What arrives is never more than the window, whose right edge never moves to the left. */
export function edge(seed: u64): void {
  const open = new Open(1460, 4);
  let next = PEER + 1;
  let last = next + 65_535;
  let unread = 0;
  for (let i = 0; i < 600; i++) {
    const size = 1 + <i32>((<u32>i * 7919) % 1400);
    open.inject(ACK, next, open.iss + 1, 65_535, size);
    next += size;
    unread += size;
    while (open.take()) {
      const end = open.ack + (open.window << 2);
      check(<i32>(end - last) >= -3, "SHLD-14: the edge moves to the left");
      check(<i32>(end - open.ack) <= 262_144, "the window is larger than the buffer");
      last = end;
    }
    if (i % 3 == 0) unread -= max(get(open.connection, 1 + <i32>((<u32>i * 4001) % 2000)), 0);
    if (<i32>(last - next) < 3000) unread -= max(get(open.connection, 100_000), 0);
    open.step();
  }
  check(open.connection.state == State.ESTABLISHED, "the state");
}

/** MUST-39: the window does not grow by little. */
export function sillyReceiver(seed: u64): void {
  const open = new Open();
  const next = pour(open, PEER + 1, 65_535);
  open.wait(SECOND);
  let window = 65_535;
  while (open.take()) window = open.window;
  equal(open.ack, next, "all is acknowledged");
  get(open.connection, 1);
  open.step();
  // More than its buffer's part cannot be told without scaling: there is room at once.
  for (let i = 0; i < 100; i++) {
    get(open.connection, 10);
    open.step();
    if (open.take()) check(open.window >= 1460, "a window of less than a segment");
  }
}

/** The same, with a buffer that is full. */
export function sillyReceiverFull(seed: u64): void {
  const open = new Open(1460, 2);
  const next = pour(open, PEER + 1, BUFFER);
  open.wait(SECOND);
  while (open.take()) {}
  equal(open.window, 0, "the window is closed");
  for (let i = 0; i < 14; i++) {
    get(open.connection, 100);
    open.step();
  }
  open.expectNothing("less than a segment is free");
  open.inject(ACK, next, open.iss + 1, 65_535, 1);
  check(open.take() && open.window == 0, "who asks is told of none");
  get(open.connection, 100);
  open.step();
  check(open.take(), "a segment is free");
  check(open.window << 2 >= 1460, "the window then");
}

/** MUST-38: a small part of a window is not used while something is on its way. */
export function sillySender(seed: u64): void {
  const open = new Open(1000, -1, -1, 3000);
  put(open.connection, 10_000);
  open.step();
  equal(open.drain(), 3, "segments that fill the window");
  open.inject(ACK, PEER + 1, open.iss + 1001, 2300);
  open.expectNothing("300 bytes of window");
  open.inject(ACK, PEER + 1, open.iss + 2001, 2000);
  check(open.take() && open.size == 1000, "a full segment");
}

/** Section 3.8.6.2.1, condition 3: who has room for little in all is sent that at once. */
export function sillySenderSmall(seed: u64): void {
  const open = new Open(1460, -1, -1, 100);
  put(open.connection, 1000);
  open.step();
  for (let i: u32 = 0; i < 9; i++) {
    open.expect(ACK, open.iss + 1 + 100 * i, PEER + 1, 100, "as much as there is ever room for");
    open.inject(ACK, PEER + 1, open.iss + 101 + 100 * i, 100);
  }
}

/** A connection that has 3,000 bytes to send to a peer with room for 50 of them. */
function nearlyFull(): Open {
  const open = new Open(1460, -1, -1, 4000);
  put(open.connection, 3000);
  open.step();
  open.drain();
  open.inject(ACK, PEER + 1, open.iss + 2921, 50);
  put(open.connection, 3000);
  open.step();
  return open;
}

/** A probe that IP has no room for is sent later. */
export function probeLater(seed: u64): void {
  const open = nearlyFull();
  open.ip.isFull = true;
  open.wait(5 * SECOND);
  open.ip.isFull = false;
  open.waitForSegment(100 * SECOND);
  check(open.take() && open.size == 50, "as much as there is room for");
}

/** Section 3.8.6.2.1: a window that is always small is used at last. */
export function sillySenderTimeout(seed: u64): void {
  const open = nearlyFull();
  open.expectNothing("50 bytes of window");
  const waited = open.waitForSegment(5 * SECOND);
  check(waited >= 100 * MS && waited <= SECOND, "after 0.1 to 1 s");
  check(open.take() && open.size == 50, "as much as there is room for");
}

/** MUST-35 to MUST-37, SHLD-29 and SHLD-30. */
export function probe(seed: u64): void {
  const open = new Open();
  put(open.connection, 100);
  open.step();
  open.drain();
  put(open.connection, 1000);
  open.inject(ACK, PEER + 1, open.iss + 101, 0);
  open.expectNothing("with a closed window");
  let last: i64 = 0;
  for (let i = 0; i < 12; i++) {
    const waited = open.waitForSegment(100 * SECOND);
    open.expect(ACK, open.iss + 101, PEER + 1, 1, "a probe");
    if (last && last < 60 * SECOND) equal(waited, min(2 * last, 60 * SECOND), "the pause doubles");
    last = waited;
    open.inject(ACK, PEER + 1, open.iss + 101, 0);
    equal(open.connection.state, State.ESTABLISHED, "MUST-37: it stays open");
  }
  open.inject(ACK, PEER + 1, open.iss + 101, 500);
  check(open.take() && open.size == 500 && open.sequence == open.iss + 101, "when it opens, text follows");
  open.inject(ACK, PEER + 1, open.iss + 601, 5000);
  check(open.take() && open.size == 500, "and the rest");
}

/** The byte of a probe counts when it is acknowledged. */
export function probeTaken(seed: u64): void {
  const open = new Open();
  open.inject(ACK, PEER + 1, open.iss + 1, 0);
  put(open.connection, 1000);
  open.waitForSegment(10 * SECOND);
  open.expect(ACK, open.iss + 1, PEER + 1, 1, "a probe");
  open.inject(ACK, PEER + 1, open.iss + 2, 0);
  open.waitForSegment(10 * SECOND);
  open.expect(ACK, open.iss + 2, PEER + 1, 1, "the next");
  open.inject(ACK, PEER + 1, open.iss + 3, 5000);
  open.expect(ACK, open.iss + 3, PEER + 1, 998, "the rest");
}

export function probeUnanswered(seed: u64): void {
  const open = new Open();
  open.inject(ACK, PEER + 1, open.iss + 1, 0);
  put(open.connection, 1000);
  open.wait(400 * SECOND);
  equal(open.connection.cause, Cause.TIMEOUT, "nobody answers the probes");
}

/** A probe of our own closed window is acknowledged, its byte is not taken (section 3.8.6.1), and RST and ACK in it count (MUST-66). */
export function probed(seed: u64): void {
  const open = new Open(1460, 2);
  const next = pour(open, PEER + 1, BUFFER);
  put(open.connection, 10);
  open.wait(SECOND);
  while (open.take()) {}
  equal(open.window, 0, "the window is closed");
  open.inject(ACK, next, open.iss + 11, 65_535, 1);
  open.expect(ACK, open.iss + 11, next, 0, "the answer");
  equal(open.connection.available, BUFFER, "bytes");
  open.wait(10 * SECOND);
  open.expectNothing("what it acknowledged is not sent again");
  open.inject(RST, next, 0);
  equal(open.connection.cause, Cause.RESET, "the cause");
}

/** MUST-34: the other side takes back window that it had given. */
export function shrinks(seed: u64): void {
  const open = new Open();
  put(open.connection, 5000);
  open.step();
  open.drain();
  put(open.connection, 5000);
  open.inject(ACK, PEER + 1, open.iss + 1 + 1460, 100);
  open.drain();
  equal(open.connection.state, State.ESTABLISHED, "the state");
  for (let i = 0; i < 6; i++) {
    open.waitForSegment(100 * SECOND);
    if (!open.take()) break;
    check(<i32>(open.sequence + open.size - (open.iss + 1461)) <= 100, "SHLD-15: no more than is allowed now");
  }
  open.inject(ACK, PEER + 1, open.iss + 1461, 60_000);
  let sum: u32 = 0;
  for (let i = 0; i < 30; i++) {
    open.waitForSegment(SECOND);
    while (open.take()) sum = max(sum, open.sequence + open.size - open.iss - 1);
    open.inject(ACK, PEER + 1, open.iss + 1 + sum, 60_000);
  }
  equal(sum, 10_000, "all arrives in the end");
}

/** An old segment does not change the window. */
export function oldUpdate(seed: u64): void {
  const open = new Open(1460, -1, -1, 1000);
  // Behind a hole, then what fills it, which was sent before.
  open.inject(ACK, PEER + 101, open.iss + 1, 2000, 10);
  open.inject(ACK, PEER + 1, open.iss + 1, 500, 100);
  open.drain();
  put(open.connection, 5000);
  open.step();
  let sum = 0;
  while (open.take()) sum += open.size;
  check(sum > 1000 && sum <= 2000, "bytes that are sent");
}

/** Not more than the window is on its way, and text outside of ours is not kept. */
export function outside(seed: u64): void {
  const open = new Open();
  open.inject(ACK, PEER + 1 + 65_535, open.iss + 1, 65_535, 100);
  open.expect(ACK, open.iss + 1, PEER + 1, 0, "behind the window");
  open.inject(ACK, PEER + 1 + 65_500, open.iss + 1, 65_535, 100);
  open.drain();
  open.inject(ACK, PEER - 99, open.iss + 1, 65_535, 100);
  open.expect(ACK, open.iss + 1, PEER + 1, 0, "before it");
  open.inject(ACK, PEER - 99, open.iss + 1, 65_535, 110);
  equal(get(open.connection), 10, "partly before it");
  let next = PEER + 11;
  while (next < PEER + 1 + 65_500) {
    const size = min<u32>(1000, PEER + 1 + 65_500 - next);
    open.inject(ACK, next, open.iss + 1, 65_535, size);
    next += size;
  }
  equal(open.connection.available, 65_525, "what was partly behind it is kept as far as the window went");
}

/** MUST-30 to MUST-32 are not done: urgent text is text like any other. */
export function urgent(seed: u64): void {
  const open = new Open();
  open.urgent = 60_000;
  open.inject(ACK | URG, PEER + 1, open.iss + 1, 65_535, 100);
  open.inject(ACK | URG, PEER + 101, open.iss + 1, 65_535, 0);
  open.urgent = 0;
  open.inject(ACK | URG | FIN, PEER + 101, open.iss + 1, 65_535, 100);
  equal(get(open.connection), 200, "bytes");
  equal(open.connection.state, State.CLOSE_WAIT, "the state");
}
