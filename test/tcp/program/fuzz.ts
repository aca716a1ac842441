// Segments that are nearly right, to connections that go on all the same.

import { get16 } from "mirage-wasm/drivers/net/bytes";
import { Connection } from "mirage-wasm/drivers/net/tcp/connection";
import { State } from "mirage-wasm/drivers/net/tcp/state";
import { SeededRandom } from "mirage-wasm/drivers/random";
import { check, equal } from "./check";
import { ACK, FIN, get, Lab, MS, PEER, PORT, PSH, put, RST, SECOND, SYN, text, URG } from "./lab";

const kinds: StaticArray<u32> = [ACK, ACK, ACK, ACK, ACK, ACK | PSH, ACK | FIN, SYN, SYN, SYN | ACK, RST, ACK | URG, FIN];

/** `count` of them, from `seed`. */
export function fuzz(seed: u64, count: i32): void {
  const random = new SeededRandom(seed);
  const lab = new Lab(seed);
  const listener = lab.tcp.listen(PORT, 8)!;
  lab.withMss(1460).withTimestamp(1, 0).inject(SYN, PEER, 0);
  lab.take();
  const iss = lab.sequence;
  lab.withTimestamp(2, 0).inject(ACK, PEER + 1, iss + 1);
  const honest = listener.accept()!;
  let next = PEER + 1;
  let mine = iss + 1;
  const others: Connection[] = [];
  let pages = 0;
  let opened = 0;
  /** The port to which the stack has spoken last. */
  let answered: u16 = 0;
  for (let i = 0; i < count; i++) {
    // Somebody who knows the address and the ports of one in eight, but no number.
    lab.peerPort = random.below(8) ? <u16>(4001 + random.below(4)) : 4000;
    // In half of the cases he sees what the stack says, and answers it.
    const answers = random.below(2) == 0 && answered != 4000 && answered != 0;
    if (answers) lab.peerPort = answered;
    const isHonests = lab.peerPort == 4000;
    const options = random.below(6);
    for (let j: u32 = 0; j < options; j++) lab.withOption([<u8>random.below(10), <u8>random.below(12), <u8>random.u32()]);
    let flags = kinds[random.below(kinds.length)] | (random.below(16) ? 0 : random.below(64));
    // Near what such a connection may be at, but for the honest one: a guesser would need to be that near.
    const sequence = isHonests ? next + 70_000 + random.below(1 << 30) : answers && random.below(3) ? lab.ack + random.below(2) * random.below(3000) : PEER + random.below(3000);
    const ack = isHonests ? random.u32() : lab.sequence + lab.size + ((lab.flags >> 1) & 1) + (lab.flags & 1) + (random.below(4) ? 0 : random.below(5) - 2);
    if (isHonests) flags &= ~RST;
    const size = lab.write(flags, sequence, ack, random.below(65_536), random.below(3) ? 0 : random.below(1400));
    if (random.below(4) == 0) lab.give(max(<i32>random.below(size + 1), 1));
    else lab.give(size, random.below(10) ? -1 : <i32>random.below(size));
    while (lab.ip.count > 20) lab.take();
    answered = lab.take() ? <u16>get16(lab.segment + 2) : 0;
    const connection = listener.accept();
    if (connection) {
      put(connection, 100);
      opened++;
      others.push(connection);
    }
    if (others.length > 4 || (others.length && random.below(50) == 0)) {
      const one = others.shift();
      if (random.below(2)) get(one);
      if (random.below(2)) one.close();
      else one.abort();
    }
    if (random.below(20) == 0) lab.wait(<i64>random.below(3000) * MS);
    if (i % 100 == 0) {
      // The honest one goes on.
      lab.wait(SECOND);
      lab.drain();
      lab.peerPort = 4000;
      lab.withTimestamp(3 + i, 0).inject(ACK, next, mine, 65_535, 50);
      next += 50;
      equal(get(honest), 50, "bytes of the honest one");
      equal(load<u8>(text), <u8>(next - 50), "the first of them");
      put(honest, 20);
      lab.step();
      let found = false;
      while (lab.take()) if (lab.size == 20 && lab.sequence == mine) found = true;
      check(found, "its answer");
      mine += 20;
      lab.withTimestamp(3 + i, 0).inject(ACK, next, mine);
      equal(honest.state, State.ESTABLISHED, "its state");
      if (!found || honest.state != State.ESTABLISHED) return;
    }
    if (i == count / 2) pages = memory.size();
  }
  equal(memory.size(), pages, "pages of memory");
  check(opened > count / 200, `some of it makes connections: ${opened}`);
  while (others.length) others.shift().abort();
  honest.abort();
  listener.close();
  lab.wait(400 * SECOND);
  equal(lab.tcp.size, 0, "connections that are left");
}
