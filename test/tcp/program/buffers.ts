// Buffers that grow with their use.

import { Pair, SECOND } from "./bed";
import { check, equal } from "./check";
import { Sink, Source, transfer } from "./flow";
import { ACK, get, MS, Open, PEER, put } from "./lab";

const FIRST: i32 = 65_536;
const MOST: i32 = 262_144;

/** A round trip of 50 ms: after some of them, as much goes in each as a buffer may have. */
export function long(seed: u64): void {
  const pair = new Pair(seed, 25 * MS);
  const total = 20_000_000;
  const began = pair.now;
  transfer(pair, pair.a, pair.b, total);
  const trips = (pair.now - began) / (50 * MS);
  const least = total / MOST;
  check(trips <= least * 6 / 5 + 12, `round trips: ${trips}, at least ${least}`);
}

/** What waits where somebody goes on writing and nobody reads any more. */
function waiting(pair: Pair, source: Source): i32 {
  for (let i = 0; i < 100; i++) {
    source.go();
    pair.run(100 * MS);
  }
  return pair.b.available;
}

/** Who never reads, and who reads little in a round trip. */
export function unread(seed: u64): void {
  let pair = new Pair(seed);
  equal(waiting(pair, new Source(pair.a, 1_000_000)), FIRST, "bytes, where nobody has ever read");
  pair = new Pair(seed, 50 * MS);
  for (let i = 0; i < 300; i++) {
    put(pair.a, 5000);
    pair.run(100 * MS);
    get(pair.b);
  }
  pair.run(SECOND);
  get(pair.b);
  equal(pair.a.space, FIRST, "room of who has little to say");
  const left = waiting(pair, new Source(pair.a, 1_000_000));
  check(left <= FIRST && left > FIRST - 2000, `bytes, where little was read in a round trip: ${left}`);
  // One that reads all the time, but slowly.
  pair = new Pair(seed, 10 * MS);
  const source = new Source(pair.a, 100_000_000);
  for (let i = 0; i < 1000; i++) {
    source.go();
    pair.run(10 * MS);
    get(pair.b, 3000);
  }
  check(pair.b.available <= FIRST, `bytes, where 6,000 are read in a round trip: ${pair.b.available}`);
}

/** Who has read much, and stops. */
export function grown(seed: u64): void {
  const pair = new Pair(seed, 20 * MS);
  const source = new Source(pair.a, 100_000_000);
  const sink = new Sink(pair.b);
  const until = pair.now + 2 * SECOND;
  while (pair.once(until)) {
    source.go();
    sink.go();
  }
  const left = waiting(pair, source);
  check(left <= MOST && left > MOST - 2000, `bytes that wait: ${left}`);
  check(pair.a.space == 0, "and as many again are not sent");
}

export function sending(seed: u64): void {
  const pair = new Pair(seed, 20 * MS);
  equal(pair.a.space, FIRST, "room at first");
  transferSome(pair, 100_000);
  check(pair.a.space >= FIRST && pair.a.space < MOST, "room after 100,000 bytes");
  transferSome(pair, 10_000_000);
  equal(pair.a.space, MOST, "room after many");
  transferSome(pair, 10_000_000);
  equal(pair.a.space, MOST, "and no more");
  equal(pair.b.space, FIRST, "the other side has written nothing");
}

function transferSome(pair: Pair, total: u64): void {
  const source = new Source(pair.a, total);
  source.isEnded = true;
  const sink = new Sink(pair.b);
  source.go();
  while (sink.read < total && pair.once(pair.now + 100 * SECOND)) {
    source.go();
    sink.go();
  }
  equal(sink.read, total, "bytes");
  pair.run(SECOND);
}

/** The peer sends and what has come is read, in parts of 1000 bytes; returns where the window ends, from what is acknowledged on. */
function readAll(open: Open, total: i32): i32 {
  let most = 0;
  for (let at = 0; at < total; at += 1000) {
    open.inject(ACK, PEER + 1 + at, open.iss + 1, 65_535, 1000);
    equal(get(open.connection), 1000, "bytes");
    open.step();
    while (open.take()) most = max(most, open.window);
  }
  return most;
}

/** The most that a window of ours can be: mirage-tcpip's 262,140 bytes. Without timestamps a round trip is told by the window. */
export function largest(seed: u64): void {
  const most = readAll(new Open(1460, 7), 2_000_000) << 2;
  check(most > MOST - 3000 && most <= MOST, `the window: ${most}`);
}

export function unscaled(seed: u64): void {
  const most = readAll(new Open(), 2_000_000);
  check(most > 64_000 && most <= 65_535, `the window: ${most}`);
}
