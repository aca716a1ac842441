// What many connections cost, and what they leave.

import { get16 } from "mirage-wasm/drivers/net/bytes";
import { V4_HIGH } from "mirage-wasm/drivers/net/ip";
import { Connection } from "mirage-wasm/drivers/net/tcp/connection";
import { SeededRandom } from "mirage-wasm/drivers/random";
import { addressOf } from "./address";
import { Bed, Pair, SECOND } from "./bed";
import { check, equal } from "./check";
import { Sink, Source, transfer } from "./flow";
import { ACK, get, Lab, MS, PEER, PORT, put, SYN } from "./lab";

const MANY: i32 = 10_000;

/** An idle connection has no buffers: 10,000 with both their ends take less than 2 kB an end, and their text arrives. */
export function idle(seed: u64): void {
  const bed = new Bed(seed);
  bed.way.faults.delay = 10_000;
  const listener = bed.listen(1, 7, MANY);
  const ends: Connection[] = [];
  // One that leaves its blocks behind.
  const first = bed.connect();
  bed.run(MS);
  const accepted = listener.accept()!;
  transfer(bed, first, accepted, 100_000);
  const before = memory.size();
  for (let i = 0; i < MANY; i++) {
    const a = bed.connect();
    bed.run(40_000);
    const b = listener.accept();
    check(b != null, `connection ${i} opens`);
    if (!b) return;
    put(a, 100);
    bed.run(30_000);
    equal(get(b), 100, "bytes");
    ends.push(a);
    ends.push(b);
  }
  const bytes = (memory.size() - before) << 16;
  check(bytes / (2 * MANY) <= 2048, `bytes of an end: ${bytes / (2 * MANY)}`);
  for (let i = 0; i < ends.length; i++) ends[i].close();
  bed.run(100 * SECOND);
  equal(bed.tcps[0].size + bed.tcps[1].size, 2, "connections that are left: the first one's ends");
}

/** Connections that come and go take no more memory than the first ones did. */
export function flat(seed: u64): void {
  const bed = new Bed(seed);
  bed.way.faults.delay = 10_000;
  bed.way.faults.lost = 200;
  const listener = bed.listen();
  let pages = 0;
  for (let i = 0; i < 3000; i++) {
    const a = bed.connect();
    let b = listener.accept();
    const until = bed.now + 100 * SECOND;
    while (b == null && bed.once(until)) b = listener.accept();
    check(b != null, `connection ${i} opens`);
    if (!b) return;
    put(a, 20_000);
    bed.run(MS);
    get(b);
    if (i % 3 == 0) a.abort();
    else a.close();
    if (i % 5 == 0) b.abort();
    else b.close();
    bed.run(SECOND);
    if (i == 1500) {
      bed.run(1000 * SECOND);
      pages = memory.size();
    }
  }
  bed.run(1000 * SECOND);
  equal(memory.size(), pages, "pages of memory");
  equal(bed.tcps[0].size + bed.tcps[1].size, 0, "connections that are left");
}

/** Each connection is looked at when its time has come, whatever the others do. */
export function timers(seed: u64): void {
  const random = new SeededRandom(seed);
  const lab = new Lab(seed);
  const listener = lab.tcp.listen(PORT, 200)!;
  const times: i64[] = [];
  const connections: Connection[] = [];
  for (let i = 0; i < 200; i++) {
    lab.peerPort = <u16>(5000 + i);
    lab.inject(SYN, PEER, 0);
    lab.take();
    lab.inject(ACK, PEER + 1, lab.sequence + 1);
    connections.push(listener.accept()!);
    times.push(<i64>(1 + random.below(100_000)) * MS);
  }
  for (let i = 0; i < 200; i++) connections[i].keepAlive(times[i], 1000 * SECOND, 3);
  lab.step();
  const begin = lab.now;
  // A third ends, or does without.
  for (let i = 0; i < 200; i += 3) {
    if (i % 2) connections[i].abort();
    else connections[i].keepAlive(0);
    times[i] = 0;
  }
  lab.step();
  lab.drain();
  let count = 0;
  while (lab.waitForSegment(200 * SECOND) < 200 * SECOND) {
    while (lab.take()) {
      count++;
      equal(lab.now - begin, times[<i32>get16(lab.segment + 2) - 5000], "when a probe comes");
    }
  }
  equal(count, 133, "probes");
}

/** All buffers together have a bound; each connection has a little, and goes on. */
export function memoryBound(seed: u64): void {
  const COUNT = 1200;
  const bed = new Bed(seed);
  bed.way.faults.delay = 10_000;
  const listener = bed.listen(1, 7, COUNT);
  const sources: Source[] = [];
  const sinks: Sink[] = [];
  for (let i = 0; i < COUNT; i++) {
    sources.push(new Source(bed.connect(), 65_536));
    bed.run(40_000);
    const b = listener.accept();
    check(b != null, `connection ${i} opens`);
    if (!b) return;
    sinks.push(new Sink(b));
  }
  let taken: u64 = 0;
  for (let i = 0; i < COUNT; i++) {
    sources[i].go();
    check(sources[i].written >= 4096, `connection ${i} takes a little`);
    taken += sources[i].written;
  }
  check(taken <= (64 << 20) + COUNT * 4096, "bytes that wait");
  check(taken >= 60 << 20, "nearly all of them");
  let left = COUNT;
  for (let round = 0; round < 100_000 && left; round++) {
    bed.run(MS);
    left = 0;
    for (let i = 0; i < COUNT; i++) {
      sources[i].go();
      sinks[i].go();
      if (!sinks[i].isEnded) left++;
    }
  }
  equal(left, 0, "connections that do not come to an end");
  for (let i = 0; i < COUNT; i++) check(sinks[i].isRight && sinks[i].read == 65_536, `the bytes of connection ${i}`);
}

/** A flood of SYN from everywhere: memory stays, and who asks honestly gets through. */
export function flood(seed: u64): void {
  const lab = new Lab(seed);
  const listener = lab.tcp.listen(PORT, 128)!;
  let pages = 0;
  for (let i = 0; i < 100_000; i++) {
    lab.peerPort = <u16>(1 + i % 65_000);
    lab.inject(SYN, PEER + i, 0);
    lab.drain();
    if (i == 1000) pages = memory.size();
    if (i % 1000 == 999) {
      lab.peerPort = 65_500;
      lab.inject(SYN, PEER, 0);
      lab.take();
      lab.inject(ACK, PEER + 1, lab.sequence + 1);
      const connection = listener.accept();
      check(connection != null, "an honest one");
      if (connection) connection.abort();
      lab.step();
      lab.drain();
    }
  }
  check(lab.tcp.size <= 129, "connections");
  equal(memory.size(), pages, "pages of memory");
}

/** A hundred connections share the way, with losses; each gets its own bytes. */
export function together(seed: u64): void {
  const bed = new Bed(seed);
  bed.way.faults.lost = 100;
  bed.way.faults.late = 500;
  bed.way.faults.lateBy = 2_000_000;
  const listener = bed.listen(1, 7, 200);
  const from: Connection[] = [];
  const to: Connection[] = [];
  for (let i = 0; i < 100; i++) from.push(bed.connect());
  while (to.length < 100 && bed.once(bed.now + 100 * SECOND)) {
    const connection = listener.accept();
    if (connection) to.push(connection);
  }
  equal(to.length, 100, "connections");
  for (let i = 0; i < 100; i++) {
    for (let j = 0; j < 100; j++) {
      if (from[j].localPort == to[i].remotePort) put(from[j], 1000 + i);
    }
  }
  bed.run(20 * SECOND);
  for (let i = 0; i < 100; i++) equal(get(to[i]), 1000 + i, "bytes");
}

/** mirage-tcpip's "iperf" that loses everything for a while, and goes on. */
export function cut(seed: u64): void {
  const pair = new Pair(seed);
  transfer(pair, pair.b, pair.a, 1_000_000);
  pair.way.isCut = true;
  put(pair.a, 60_000);
  pair.run(SECOND);
  pair.way.isCut = false;
  pair.run(5 * SECOND);
  equal(get(pair.b), 60_000, "bytes");
}

/** mirage-tcpip's "iperf" that loses segments without text. A dozen answers in a row may be among them: that is no reason to give up. */
export function emptyLost(seed: u64): void {
  const pair = new Pair(seed);
  pair.a.giveUpAfter(86_400 * SECOND);
  pair.way.faults.lostEmpty = 5000;
  transfer(pair, pair.a, pair.b, 5_000_000);
}

export function addresses(seed: u64): void {
  const lab = new Lab(seed);
  const connection = lab.tcp.connect(V4_HIGH, addressOf(0), 80, lab.now)!;
  equal(connection.remotePort, 80, "port");
  equal(connection.remoteLow, addressOf(0), "address");
  equal(connection.localLow, addressOf(1), "address of this side");
}
