// RFC 9293 section 3.2, RFC 7323: what is offered, and what is made of it.

import { get16, get32 } from "mirage-wasm/drivers/net/bytes";
import { V4_HIGH } from "mirage-wasm/drivers/net/ip";
import { State } from "mirage-wasm/drivers/net/tcp/state";
import { addressOf } from "./address";
import { check, equal } from "./check";
import { ACK, get, Lab, Open, PEER, PORT, put, SYN, text } from "./lab";

/** Text of the first full segment to a peer with these options. */
function firstSize(open: Open): i32 {
  put(open.connection, 10_000);
  open.step();
  check(open.take(), "text is sent");
  return open.size;
}

/** What a SYN with these bytes as its options is answered by: the MSS that text then has. */
function sizeAfter(bytes: u8[]): i32 {
  const lab = new Lab();
  const listener = lab.tcp.listen(PORT)!;
  lab.withOption(bytes).inject(SYN, PEER, 0);
  check(lab.take() && lab.flags == (SYN | ACK), "it is answered");
  lab.inject(ACK, PEER + 1, lab.sequence + 1);
  const connection = listener.accept()!;
  put(connection, 10_000);
  lab.step();
  lab.take();
  return lab.size;
}

export function active(seed: u64): void {
  const lab = new Lab(seed);
  lab.tcp.connect(V4_HIGH, addressOf(0), lab.peerPort, lab.now);
  lab.take();
  const mss = lab.find(2);
  check(mss != 0, "MSS is offered");
  equal(get16(mss + 2), 1460, "MUST-67: MSS without options");
  check(lab.find(3) != 0, "a scale is offered");
  check(lab.find(8) != 0, "timestamps are offered");
  equal(get32(lab.find(8) + 6), 0, "RFC 7323 section 3.2: TSecr of a SYN");
  equal(lab.size, 0, "text");
  check((lab.header & 3) == 0, "MUST-69: padded");
}

export function mssOfSmallLink(seed: u64): void {
  const lab = new Lab(seed);
  lab.ip.mtu = 576;
  lab.tcp.connect(V4_HIGH, addressOf(0), lab.peerPort, lab.now);
  lab.take();
  equal(get16(lab.find(2) + 2), 536, "MSS");
}

export function noMss(seed: u64): void {
  equal(firstSize(new Open(-1)), 536, "MUST-15: without MSS");
}

export function smallMss(seed: u64): void {
  equal(firstSize(new Open(300)), 300, "MUST-16: their MSS");
  const open = new Open(300, -1, 5);
  put(open.connection, 10_000);
  open.step();
  check(open.take() && open.size == 288, "MUST-16: less the timestamps");
}

export function tinyMss(seed: u64): void {
  equal(firstSize(new Open(0)), 536, "an MSS of 0 says nothing");
  equal(firstSize(new Open(1)), 48, "an MSS of 1");
}

export function largeMss(seed: u64): void {
  equal(firstSize(new Open(9000)), 1460, "no more than the link has room for");
}

export function noScale(seed: u64): void {
  const lab = new Lab(seed);
  lab.tcp.listen(PORT);
  lab.withMss(1460).inject(SYN, PEER, 0);
  lab.take();
  check(lab.find(3) == 0, "RFC 7323 section 2.2: none is answered where none is offered");
  check(lab.find(8) == 0, "RFC 7323 section 3.2: nor timestamps");
}

/** Windows that are told and heard are scaled, those of SYN are not. */
export function scale(seed: u64): void {
  const open = new Open(1460, 3, -1, 1000);
  put(open.connection, 100_000);
  open.step();
  // The window of the handshake's last segment counts 8000 bytes, that of SYN 1000.
  let sum = 0;
  while (open.take()) sum += open.size;
  equal(sum, 5 * 1460, "bytes that are sent");
  equal(open.window, 65_536 >> 2, "the field");
  open.inject(ACK, PEER + 1, open.iss + 7301, 2000);
  sum = 0;
  while (open.take()) sum += open.size;
  check(sum > 14_000 && sum <= 16_000, "bytes that are sent then");
}

/** RFC 7323 section 2.3: a shift of more than 14 is one of 14. */
export function largeScale(seed: u64): void {
  const open = new Open(1460, 200, -1, 1);
  put(open.connection, 100_000);
  open.step();
  let sum = 0;
  while (open.take()) sum += open.size;
  equal(sum, 10 * 1460, "bytes that are sent: the initial window");
  open.inject(ACK, PEER + 1, open.iss + 1 + 14_600, 1);
  sum = 0;
  while (open.take()) sum += open.size;
  check(sum <= 16_384, "no more than 1 << 14");
}

export function timestamps(seed: u64): void {
  const open = new Open(1460, -1, 12_345);
  put(open.connection, 10);
  open.step();
  open.take();
  const option = open.find(8);
  check(option != 0, "MUST of RFC 7323 section 3.2: in each segment");
  equal(get32(option + 6), 12_345, "TSecr");
  const before = get32(option + 2);
  open.withTimestamp(12_400, before).inject(ACK, PEER + 1, open.iss + 11, 65_535, 1);
  open.wait(1_000_000_000);
  open.take();
  equal(get32(open.find(8) + 6), 12_400, "TSecr of the next");
  const ticks = get32(open.find(8) + 2) - before;
  check(ticks > 0 && ticks <= 60, "TSval grows by the clock");
}

/** RFC 7323 section 5.5: two connections do not show how long the stack has run. */
export function timestampOffset(seed: u64): void {
  const lab = new Lab(seed);
  lab.tcp.connect(V4_HIGH, addressOf(0), lab.peerPort, lab.now);
  lab.take();
  const first = get32(lab.find(8) + 2);
  lab.tcp.connect(V4_HIGH, addressOf(0), lab.peerPort, lab.now);
  lab.take();
  const second = get32(lab.find(8) + 2);
  check((first > second ? first - second : second - first) > 1000, "they are apart");
}

export function unknown(seed: u64): void {
  equal(sizeAfter([254, 6, 1, 2, 3, 4, 2, 4, 2, 0, 0, 0]), 512, "MUST-6: what is not known is skipped");
  equal(sizeAfter([1, 1, 1, 1, 2, 4, 2, 0]), 512, "NOP is skipped");
  equal(sizeAfter([1, 2, 4, 2, 0]), 512, "MUST-64: at any place");
  equal(sizeAfter([0, 1, 1, 1, 2, 4, 2, 0]), 536, "behind END there is nothing");
}

export function malformed(seed: u64): void {
  equal(sizeAfter([254, 0, 2, 4, 2, 0]), 536, "MUST-7: a length of 0");
  equal(sizeAfter([254, 1, 2, 4, 2, 0]), 536, "a length of 1");
  equal(sizeAfter([2, 4, 2, 0, 8, 10, 1, 1]), 512, "one that ends behind the header; what is before counts");
  equal(sizeAfter([2, 3, 2, 1]), 536, "an MSS of another length");
  equal(sizeAfter([1, 1, 1, 2]), 536, "a kind without a length");
  equal(sizeAfter([3, 4, 5, 1, 2, 4, 2, 0]), 512, "a scale of another length");
}

/** MUST-5: options in any segment are read over. */
export function inAnySegment(seed: u64): void {
  const open = new Open();
  open.withOption([254, 4, 1, 2, 2, 4, 0, 50]).inject(ACK, PEER + 1, open.iss + 1, 65_535, 5);
  equal(get(open.connection), 5, "text is read");
  equal(load<u8>(text), <u8>(PEER + 1), "its first byte");
  equal(firstSize(open), 1460, "MSS of another segment than SYN says nothing");
  check(open.find(2) == 0, "MUST-65: ours has none but in SYN");
  equal(open.connection.state, State.ESTABLISHED, "the state");
}

export function headers(seed: u64): void {
  const open = new Open();
  const size = open.write(ACK, PEER + 1, open.iss + 1, 65_535, 8);
  open.give(size, 25);
  open.give(open.write(ACK, PEER + 1, open.iss + 1, 65_535, 8), 5);
  open.expectNothing("MUST-3: a wrong checksum");
  equal(open.connection.available, 0, "its text");
  for (let i = 0; i < 20; i++) {
    open.write(ACK, PEER + 1, open.iss + 1);
    open.give(i);
  }
  open.expectNothing("a segment that is cut");
  open.withOption([1, 1, 1, 1]).write(ACK, PEER + 1, open.iss + 1);
  open.give(20);
  open.expectNothing("one whose header is larger than it");
}
