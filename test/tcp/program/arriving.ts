// What arrives out of order, again, or from another time.

import { State } from "mirage-wasm/drivers/net/tcp/state";
import { SeededRandom } from "mirage-wasm/drivers/random";
import { check, equal } from "./check";
import { ACK, FIN, get, Open, PEER, put, RST, SECOND, text } from "./lab";

/** Is each byte that was read last the one of its number? */
function isRight(from: u32, size: i32): bool {
  for (let i = 0; i < size; i++) if (load<u8>(text + i) != <u8>(from + i)) return false;
  return true;
}

/** Pieces in any order, that overlap in any way, make the same text, while the buffer grows and goes around. */
export function overlaps(seed: u64): void {
  const random = new SeededRandom(seed);
  for (let round = 0; round < 20; round++) {
    const open = new Open();
    let next = PEER + 1;
    for (let turn = 0; turn < 10; turn++) {
      const total: u32 = 1000 + random.below(20_000);
      for (let i = 0; i < 60; i++) {
        const from = random.below(total);
        open.inject(ACK, next + from, open.iss + 1, 65_535, 1 + random.below(min<u32>(total - from, 1400)));
      }
      for (let from: u32 = 0; from < total; from += 1000) open.inject(ACK, next + from, open.iss + 1, 65_535, min<u32>(1000, total - from));
      // A part stays, so that what comes next begins anywhere in the buffer.
      const before = open.connection.available;
      const size = get(open.connection, max(before - 500, 1));
      check(isRight(next + total - before, size), "they are the same");
      equal(before - size, open.connection.available, "bytes that stay");
      next += total;
    }
    open.connection.abort();
  }
}

/** An overlap of another content changes nothing that has come. */
export function inconsistent(seed: u64): void {
  const open = new Open();
  open.inject(ACK, PEER + 101, open.iss + 1, 65_535, 100);
  open.salt = 0xff;
  open.inject(ACK, PEER + 51, open.iss + 1, 65_535, 300);
  open.salt = 0;
  open.inject(ACK, PEER + 1, open.iss + 1, 65_535, 50);
  equal(get(open.connection), 350, "bytes");
  check(isRight(PEER + 1, 50), "what came last");
  for (let i = 50; i < 350; i++) {
    const first: u8 = i >= 100 && i < 200 ? 0 : 0xff;
    check(load<u8>(text + i) == (<u8>(PEER + 1 + i) ^ first), `byte ${i} is the first that came`);
  }
}

/** Holes have a bound: who sends every second byte makes no list without end. */
export function holes(seed: u64): void {
  const open = new Open();
  for (let i: u32 = 0; i < 1000; i++) open.inject(ACK, PEER + 3 + 2 * i, open.iss + 1, 65_535, 1);
  open.drain();
  open.inject(ACK, PEER + 1, open.iss + 1, 65_535, 2000);
  open.inject(ACK, PEER + 2001, open.iss + 1, 65_535, 100);
  equal(get(open.connection), 2100, "bytes");
  check(isRight(PEER + 1, 2100), "they are the same");
}

/** RFC 7323 section 5: PAWS. */
export function paws(seed: u64): void {
  const open = new Open(1460, -1, 1000);
  open.withTimestamp(1100, 0).inject(ACK, PEER + 1, open.iss + 1, 65_535, 10);
  open.drain();
  open.withTimestamp(1099, 0).inject(ACK, PEER + 11, open.iss + 1, 65_535, 10);
  open.expect(ACK, open.iss + 1, PEER + 11, 0, "one from before is acknowledged");
  equal(get(open.connection), 10, "and not kept: bytes");
  open.withTimestamp(1100, 0).inject(ACK, PEER + 11, open.iss + 1, 65_535, 10);
  equal(get(open.connection), 10, "one of the same time is kept");
  open.inject(ACK, PEER + 21, open.iss + 1, 65_535, 10);
  equal(get(open.connection), 0, "section 3.2: one without a timestamp is not");
  open.withTimestamp(900, 0).inject(RST, PEER + 21, 0);
  equal(open.connection.state, State.CLOSED, "section 5.2: RST is not looked at so");
}

/** Section 5.5: after 24 days a timestamp says nothing. */
export function oldPaws(seed: u64): void {
  const open = new Open(1460, -1, 1000);
  open.wait(25 * 86_400 * SECOND);
  open.withTimestamp(900, 0).inject(ACK, PEER + 1, open.iss + 1, 65_535, 10);
  equal(get(open.connection), 10, "bytes");
}

/** Section 4.3: a segment behind a hole does not set what is echoed. */
export function echo(seed: u64): void {
  const open = new Open(1460, -1, 1000);
  open.withTimestamp(1010, 0).inject(ACK, PEER + 11, open.iss + 1, 65_535, 10);
  open.take();
  equal(bswap(load<u32>(open.find(8) + 6)), 1000, "TSecr with a hole");
  open.withTimestamp(1020, 0).inject(ACK, PEER + 1, open.iss + 1, 65_535, 10);
  open.take();
  equal(bswap(load<u32>(open.find(8) + 6)), 1020, "TSecr without");
}

/** Segments in CLOSE_WAIT and later bring no text. */
export function behindEnd(seed: u64): void {
  const open = new Open();
  open.inject(ACK | FIN, PEER + 1, open.iss + 1, 65_535, 10);
  open.inject(ACK, PEER + 12, open.iss + 1, 65_535, 10);
  open.inject(ACK | FIN, PEER + 12, open.iss + 1);
  equal(get(open.connection), 10, "bytes");
  equal(open.connection.state, State.CLOSE_WAIT, "the state");
  put(open.connection, 5);
  open.step();
  open.drain();
  open.inject(ACK, PEER + 12, open.iss + 6);
  open.wait(10 * SECOND);
  open.expectNothing("its text is acknowledged");
}

/** A segment without ACK counts for nothing (the fifth check of section 3.10.7.4). */
export function withoutAck(seed: u64): void {
  const open = new Open();
  open.inject(0, PEER + 1, 0, 65_535, 10);
  open.inject(FIN, PEER + 1, 0);
  open.expectNothing("answers");
  equal(open.connection.state, State.ESTABLISHED, "the state");
  equal(open.connection.available, 0, "bytes");
}
