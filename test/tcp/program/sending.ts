// What is sent when: acknowledgements, small pieces, PSH.

import { State } from "mirage-wasm/drivers/net/tcp/state";
import { check, equal } from "./check";
import { ACK, get, Lab, MS, Open, PEER, PORT, PSH, put, RST, SECOND, SYN, text } from "./lab";

/** MUST-40. */
export function delayedAck(seed: u64): void {
  const open = new Open();
  open.inject(ACK, PEER + 1, open.iss + 1, 65_535, 100);
  open.expectNothing("at once");
  const waited = open.waitForSegment(SECOND);
  check(waited > 0 && waited < 500 * MS, "within half a second");
  open.expect(ACK, open.iss + 1, PEER + 101, 0, "ACK");
  open.wait(10 * SECOND);
  open.expectNothing("afterwards");
}

/** SHLD-19. */
export function everySecond(seed: u64): void {
  const open = new Open();
  for (let i: u32 = 0; i < 10; i++) {
    open.inject(ACK, PEER + 1 + 2920 * i, open.iss + 1, 65_535, 1460);
    open.expectNothing("the first");
    open.inject(ACK, PEER + 1461 + 2920 * i, open.iss + 1, 65_535, 1460);
    open.expect(ACK, open.iss + 1, PEER + 2921 + 2920 * i, 0, "the second");
  }
}

/** An acknowledgement goes with text that is there. */
export function piggyback(seed: u64): void {
  const open = new Open();
  open.inject(ACK, PEER + 1, open.iss + 1, 65_535, 100);
  put(open.connection, 50);
  open.step();
  open.expect(ACK, open.iss + 1, PEER + 101, 50, "text with ACK");
  open.wait(100 * MS);
  open.expectNothing("no other ACK");
}

/** MUST-58: all that has come together is acknowledged by one. */
export function outOfOrder(seed: u64): void {
  const open = new Open();
  open.inject(ACK, PEER + 101, open.iss + 1, 65_535, 100);
  open.expect(ACK, open.iss + 1, PEER + 1, 0, "a hole is told at once");
  open.inject(ACK, PEER + 301, open.iss + 1, 65_535, 100);
  open.expect(ACK, open.iss + 1, PEER + 1, 0, "another");
  open.inject(ACK, PEER + 1, open.iss + 1, 65_535, 100);
  open.expect(ACK, open.iss + 1, PEER + 201, 0, "its end, too");
  open.inject(ACK, PEER + 201, open.iss + 1, 65_535, 100);
  open.expect(ACK, open.iss + 1, PEER + 401, 0, "and that of the other");
  equal(get(open.connection), 400, "bytes");
}

/** After a loss not every second segment but each is acknowledged, for a while. */
export function prompt(seed: u64): void {
  const open = new Open();
  open.inject(ACK, PEER + 1, open.iss + 1, 65_535, 100);
  open.expectNothing("one alone waits");
  open.inject(ACK, PEER + 201, open.iss + 1, 65_535, 100);
  open.inject(ACK, PEER + 101, open.iss + 1, 65_535, 100);
  open.drain();
  let next = PEER + 301;
  let count = 0;
  for (let i = 0; i < 40; i++, next += 100) {
    open.inject(ACK, next, open.iss + 1, 65_535, 100);
    if (i < 8) open.expect(ACK, open.iss + 1, next + 100, 0, "at once");
    count += open.drain();
  }
  check(count < 30, `then every second one again: ${count}`);
}

/** SHLD-7. */
export function nagle(seed: u64): void {
  const open = new Open();
  put(open.connection, 10);
  open.step();
  open.expect(ACK, open.iss + 1, PEER + 1, 10, "the first piece");
  put(open.connection, 10);
  open.step();
  put(open.connection, 10);
  open.step();
  open.expectNothing("while it is on its way");
  put(open.connection, 1450);
  open.step();
  open.expect(ACK, open.iss + 11, PEER + 1, 1460, "a full segment");
  open.inject(ACK, PEER + 1, open.iss + 11 + 1460);
  open.expect(ACK, open.iss + 1471, PEER + 1, 10, "the rest, when all is acknowledged");
}

/** MUST-17. */
export function noDelay(seed: u64): void {
  const open = new Open();
  open.connection.noDelay = true;
  for (let i: u32 = 0; i < 5; i++) {
    put(open.connection, 10);
    open.step();
    open.expect(ACK, open.iss + 1 + 10 * i, PEER + 1, 10, "each piece");
  }
  check(open.connection.noDelay, "the switch");
  open.connection.noDelay = false;
  put(open.connection, 10);
  open.step();
  open.expectNothing("without it");
}

/** MUST-60 and MUST-61. */
export function push(seed: u64): void {
  const open = new Open(1000);
  put(open.connection, 2500);
  open.step();
  open.take();
  equal(open.flags & PSH, 0, "the first segment");
  open.take();
  open.inject(ACK, PEER + 1, open.iss + 2001);
  open.take();
  equal(open.size, 500, "the last one's size");
  equal(open.flags & PSH, PSH, "the last one");
  open.inject(ACK | PSH, PEER + 1, open.iss + 2501, 65_535, 5);
  equal(get(open.connection), 5, "what comes with PSH, and without, can be read at once");
}

/** What is written before the connection is open goes when it is. */
export function small(seed: u64): void {
  const open = new Open();
  for (let i = 0; i < 100; i++) put(open.connection, 1);
  open.step();
  open.expect(ACK, open.iss + 1, PEER + 1, 100, "pieces that were written together go together");
  equal(open.connection.state, State.ESTABLISHED, "the state");
}

/** Section 3.4: the numbers of both sides go over 2^32. */
export function wrap(seed: u64): void {
  const lab = new Lab(seed);
  const listener = lab.tcp.listen(PORT)!;
  const last: u32 = 0xffffff00;
  lab.inject(SYN, last, 0);
  lab.take();
  // The clock of initial numbers is waited for.
  const ticks = last - lab.sequence;
  lab.inject(RST, last + 1, 0);
  lab.now = ((lab.now >> 12) + ticks) << 12;
  lab.inject(SYN, last, 0);
  lab.take();
  equal(lab.sequence, last, "the initial number");
  lab.inject(ACK, last + 1, last + 1);
  const connection = listener.accept()!;
  let mine = last + 1;
  for (let i: u32 = 0; i < 10; i++) {
    // The second half first.
    lab.inject(ACK, last + 1 + 100 * i + 50, mine, 65_535, 50);
    lab.inject(ACK, last + 1 + 100 * i, mine, 65_535, 50);
    equal(get(connection), 100, "bytes");
    check(load<u8>(text) == <u8>(last + 1 + 100 * i), "the first of them");
    put(connection, 100);
    lab.step();
    if (i & 1) {
      lab.drain();
      lab.waitForSegment(9 * SECOND);
    }
    while (lab.ip.count > 1) lab.take();
    lab.expect(ACK, mine, last + 101 + 100 * i, 100, "text, every second one again");
    mine += 100;
    lab.inject(ACK, last + 101 + 100 * i, mine);
    lab.drain();
  }
  equal(connection.state, State.ESTABLISHED, "the state");
}

/** As much is taken as there is room for. */
export function full(seed: u64): void {
  const open = new Open(1460, -1, -1, 1000);
  let taken = 0;
  while (true) {
    const count = put(open.connection, 100_000);
    taken += count;
    if (count < 100_000) break;
  }
  equal(taken, 65_536, "bytes");
  equal(open.connection.space, 0, "room");
  equal(put(open.connection, 1), 0, "one more");
  open.step();
  let next = open.iss + 1;
  for (let i = 0; i < 400 && open.connection.space < 65_536; i++) {
    while (open.take()) next = open.sequence + open.size;
    open.inject(ACK, PEER + 1, next, 30_000);
  }
  equal(open.connection.space, 65_536, "room in the end");
}
