// MTUs: RFC 9293 section 3.7, RFC 1191. mirage-tcpip's five, and what comes from outside.

import { Unreachable } from "mirage-wasm/drivers/net/ip";
import { Bed, SECOND } from "./bed";
import { check, equal } from "./check";
import { transfer } from "./flow";
import { ACK, Open, PEER, put } from "./lab";

/** Transfers both ways between hosts of these MTUs. */
function between(seed: u64, first: i32, second: i32): void {
  const bed = new Bed(seed);
  bed.wires[0].mtu = first;
  bed.wires[1].mtu = second;
  const listener = bed.listen();
  const a = bed.connect();
  bed.run(SECOND);
  const b = listener.accept()!;
  bed.way.most = 0;
  transfer(bed, a, b, 200_000);
  transfer(bed, b, a, 200_000);
  check(bed.way.most <= min(first, second) - 20, "no segment is larger than both links take");
}

export function small(seed: u64): void {
  between(seed, 576, 576);
}

export function tiny(seed: u64): void {
  between(seed, 68, 68);
}

export function smallAndLarge(seed: u64): void {
  between(seed, 576, 1500);
}

export function largeAndSmall(seed: u64): void {
  between(seed, 1500, 1000);
}

export function large(seed: u64): void {
  between(seed, 1500, 1500);
}

/** What is too large goes again in smaller segments, at once, and nothing else slows down. */
export function tooBig(seed: u64): void {
  const open = new Open(1460);
  put(open.connection, 100_000);
  open.step();
  equal(open.drain(), 10, "segments");
  open.ip.mtu = 1000;
  open.complain(Unreachable.TOO_BIG, open.iss + 1 + 1460);
  let next = open.iss + 1;
  let count = 0;
  while (open.take()) {
    equal(open.sequence, next, "in order");
    check(open.size <= 960, "not larger than the path takes");
    next += open.size;
    count++;
  }
  check(next >= open.iss + 1 + 14_000, "RFC 1191 section 6.5: the window stays");
  open.ip.mtu = 1500;
  open.complain(Unreachable.TOO_BIG, next - 960);
  open.inject(ACK, PEER + 1, next);
  while (open.take()) check(open.size <= 960, "it does not grow by such a word");
}

/** RFC 5927 section 7: who does not know a number that is on its way is not believed. */
export function blind(seed: u64): void {
  const open = new Open(1460);
  put(open.connection, 100_000);
  open.step();
  open.drain();
  open.ip.mtu = 100;
  open.complain(Unreachable.TOO_BIG, open.iss - 5);
  open.complain(Unreachable.TOO_BIG, open.iss + 14_601);
  open.complain(Unreachable.TOO_BIG, open.iss + 500_000);
  open.expectNothing("nothing is sent again");
  open.inject(ACK, PEER + 1, open.iss + 1461);
  check(open.take() && open.size == 1460, "segments stay as they are");
}
