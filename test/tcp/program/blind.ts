// RFC 5961: what somebody who only guesses can do. mirage-tcpip's seven, and their like.

import { V4_HIGH } from "mirage-wasm/drivers/net/ip";
import { sipHash } from "mirage-wasm/drivers/net/tcp/siphash";
import { Cause, State } from "mirage-wasm/drivers/net/tcp/state";
import { addressOf } from "./address";
import { check, equal } from "./check";
import { ACK, get, Lab, Open, PEER, put, RST, SECOND, SYN } from "./lab";

export function resetInSynSent(seed: u64): void {
  const lab = new Lab(seed);
  const connection = lab.tcp.connect(V4_HIGH, addressOf(0), lab.peerPort, lab.now)!;
  lab.take();
  lab.port = connection.localPort;
  lab.inject(RST, PEER, 0);
  lab.inject(RST, 0, 0);
  lab.inject(RST | ACK, PEER, lab.sequence);
  lab.inject(RST | ACK, PEER, lab.sequence + 2);
  lab.expectNothing("answers");
  equal(connection.state, State.SYN_SENT, "the state");
}

export function refusedInSynSent(seed: u64): void {
  const lab = new Lab(seed);
  const connection = lab.tcp.connect(V4_HIGH, addressOf(0), lab.peerPort, lab.now)!;
  lab.take();
  lab.port = connection.localPort;
  lab.inject(RST | ACK, 0, lab.sequence + 1);
  equal(connection.cause, Cause.REFUSED, "the cause");
}

/** Section 3.2: in the window, and not the next number. */
export function reset(seed: u64): void {
  const open = new Open();
  open.inject(RST, PEER + 2, 0);
  open.expect(ACK, open.iss + 1, PEER + 1, 0, "a challenge");
  equal(open.connection.state, State.ESTABLISHED, "the state");
  open.inject(RST, PEER + 1 + 65_535, 0);
  open.inject(RST, PEER, 0);
  open.expectNothing("outside of the window");
  equal(open.connection.state, State.ESTABLISHED, "the state");
}

export function rightReset(seed: u64): void {
  const open = new Open();
  open.inject(RST, PEER + 1, 0, 0, 20);
  equal(open.connection.cause, Cause.RESET, "SHLD-2: the cause, though it has text");
  open.expectNothing("no answer");
}

/** Section 4.2: SYN, with whatever number. */
export function syn(seed: u64): void {
  const open = new Open();
  open.inject(SYN, PEER + 500, 0);
  open.expect(ACK, open.iss + 1, PEER + 1, 0, "in the window");
  open.inject(SYN, PEER - 500_000, 0);
  open.expect(ACK, open.iss + 1, PEER + 1, 0, "outside");
  open.inject(SYN | ACK, PEER, open.iss + 1);
  open.expect(ACK, open.iss + 1, PEER + 1, 0, "the first one again");
  equal(open.connection.state, State.ESTABLISHED, "the state");
}

/** Section 5.2: text with an acknowledgement that is out of range. */
export function data(seed: u64): void {
  const open = new Open();
  put(open.connection, 100);
  open.step();
  open.drain();
  open.inject(ACK, PEER + 1, open.iss + 102, 65_535, 10);
  open.expect(ACK, open.iss + 101, PEER + 1, 0, "of what was never sent");
  open.inject(ACK, PEER + 1, open.iss - 70_000, 65_535, 10);
  open.expect(ACK, open.iss + 101, PEER + 1, 0, "too old");
  equal(open.connection.available, 0, "its text");
  open.inject(ACK, PEER + 1, open.iss + 1 - 60_000, 65_535, 10);
  equal(open.connection.available, 10, "text with one that is old, but was sent");
}

/** An acknowledgement that comes again does no harm. */
export function repeatedAck(seed: u64): void {
  const open = new Open();
  put(open.connection, 100);
  open.step();
  open.drain();
  for (let i = 0; i < 20; i++) open.inject(ACK, PEER + 1, open.iss + 101);
  open.expectNothing("answers");
  equal(open.connection.state, State.ESTABLISHED, "the state");
  put(open.connection, 100);
  open.step();
  open.expect(ACK, open.iss + 101, PEER + 1, 100, "text goes on");
}

/** Section 7. */
export function limit(seed: u64): void {
  const open = new Open();
  for (let i = 0; i < 1000; i++) open.inject(RST, PEER + 2, 0);
  equal(open.drain(), 10, "challenges at once");
  open.wait(SECOND);
  for (let i = 0; i < 1000; i++) open.inject(SYN, PEER + 2, 0);
  equal(open.drain(), 10, "challenges in the next second");
  // Two sides that disagree do not keep each other busy.
  open.wait(SECOND);
  for (let i = 0; i < 1000; i++) open.inject(ACK, PEER - 10, open.iss + 1);
  equal(open.drain(), 10, "answers to empty segments");
  open.inject(ACK, PEER + 1, open.iss + 1, 65_535, 10);
  equal(get(open.connection), 10, "who is there is heard");
}

/** The limit of one connection tells nothing about another (CVE-2016-5696). */
export function limitOfOne(seed: u64): void {
  const open = new Open();
  for (let i = 0; i < 100; i++) open.inject(RST, PEER + 2, 0);
  open.drain();
  open.peerPort = 4001;
  open.inject(SYN, PEER, 0);
  open.take();
  open.inject(ACK, PEER + 1, open.sequence + 1);
  for (let i = 0; i < 100; i++) open.inject(RST, PEER + 2, 0);
  equal(open.drain(), 10, "challenges of another");
}

/** RFC 6528: initial numbers are a secret, and grow with time for the same ports. */
export function initialNumbers(seed: u64): void {
  const lab = new Lab(seed);
  // With room for all of them: without it a number is a cookie.
  lab.tcp.listen(7, 256);
  let last: u32 = 0;
  let close = 0;
  for (let i = 0; i < 200; i++) {
    lab.peerPort = <u16>(3000 + i);
    lab.inject(SYN, PEER, 0);
    lab.take();
    const apart = <i32>(lab.sequence - last);
    if ((apart < 0 ? -apart : apart) < 1_000_000) close++;
    last = lab.sequence;
  }
  check(close < 5, "numbers of other ports are apart");
  const first = lab.sequence;
  lab.inject(RST, PEER + 1, 0);
  lab.wait(SECOND);
  lab.drain();
  lab.inject(SYN, PEER, 0);
  lab.take();
  equal(lab.sequence - first, (lab.now >> 12) - ((lab.now - SECOND) >> 12), "MUST-8: by the clock");
  const other = new Lab(seed + 1);
  other.now = lab.now;
  other.tcp.listen(7);
  other.peerPort = lab.peerPort;
  other.inject(SYN, PEER, 0);
  other.take();
  check(other.sequence != lab.sequence, "another secret, another number");
}

/** RFC 6056: ports do not follow one another from one address to the next. */
export function ephemeralPorts(seed: u64): void {
  const lab = new Lab(seed);
  let next = 0;
  let last = 0;
  for (let i = 0; i < 200; i++) {
    const connection = lab.tcp.connect(V4_HIGH, addressOf(5 + i), 80, lab.now)!;
    const port = <i32>connection.localPort;
    check(port >= 1024, "the range");
    if (port == last + 1) next++;
    last = port;
    connection.abort();
  }
  check(next < 10, "they are scattered");
}

/** SipHash's own vectors (reference implementation): `key` and text are 0, 1, 2, … */
export function sipHashes(seed: u64): void {
  const bytes = heap.alloc(64);
  for (let i = 0; i < 64; i++) store<u8>(bytes + i, <u8>i);
  equal(sipHash(load<u64>(bytes), load<u64>(bytes, 8), bytes, 0), 0x726fdb47dd0e0e31, "of nothing");
  equal(sipHash(load<u64>(bytes), load<u64>(bytes, 8), bytes, 1), 0x74f839c593dc67fd, "of a byte");
  equal(sipHash(load<u64>(bytes), load<u64>(bytes, 8), bytes, 15), <i64>0xa129ca6149be45e5, "of fifteen");
}
