// SYN cookies: RFC 4987 section 3.6.

import { get16, get32 } from "mirage-wasm/drivers/net/bytes";
import { Connection } from "mirage-wasm/drivers/net/tcp/connection";
import { Listener } from "mirage-wasm/drivers/net/tcp/listener";
import { State } from "mirage-wasm/drivers/net/tcp/state";
import { SeededRandom } from "mirage-wasm/drivers/random";
import { metrics } from "mirage-wasm/metrics";
import { check, equal } from "./check";
import { ACK, FIN, get, Lab, PEER, PORT, put, RST, SECOND, SYN } from "./lab";

const BACKLOG: i32 = 4;

function counted(name: string): i64 {
  const all = metrics();
  for (let i = 0; i < all.length; i++) if (all[i].name == name) return all[i].value;
  return -1;
}

/** A listener whose half-open connections are as many as it lets be; nobody will answer for them. */
class Full extends Lab {
  listener!: Listener;

  constructor(seed: u64, high: u64 = 0, to: u64 = 0, from: u64 = 0) {
    super(seed);
    if (high) {
      this.high = high;
      this.to = to;
      this.from = from;
    }
    this.listener = this.tcp.listen(PORT, BACKLOG)!;
    for (let i = 0; i < BACKLOG; i++) {
      this.peerPort = <u16>(2000 + i);
      this.inject(SYN, PEER, 0);
    }
    this.drain();
    this.peerPort = 4000;
  }

  /** Forgets all that is on its way. */
  quiet(): void {
    this.step();
    this.drain();
  }
}

/** One who has answered a cookie sends and is sent text, and ends. */
function opens(lab: Full): void {
  const sent = counted("tcp.cookies_sent");
  const received = counted("tcp.cookies_received");
  lab.withMss(1400).inject(SYN, PEER, 0);
  lab.take();
  equal(lab.flags, SYN | ACK, "the answer");
  equal(lab.ack, PEER + 1, "what it acknowledges");
  equal(lab.window, 65_535, "its window");
  const at = lab.find(2);
  check(at != 0 && get16(at + 2) == 1480 - 20, "its MSS");
  equal(lab.header, 24, "it has no other options, as none were offered");
  equal(lab.tcp.size, BACKLOG, "connections: it is none");
  equal(counted("tcp.cookies_sent"), sent + 1, "cookies that are sent");
  const iss = lab.sequence;
  lab.now += 5 * SECOND;
  // What it sends first comes with the acknowledgement.
  lab.inject(ACK, PEER + 1, iss + 1, 20_000, 100);
  equal(counted("tcp.cookies_received"), received + 1, "cookies that have come back");
  const connection = lab.listener.accept();
  check(connection != null, "it is open");
  if (!connection) return;
  equal(connection.state, State.ESTABLISHED, "its state");
  equal(connection.remotePort, 4000, "the port");
  equal(connection.remoteLow, lab.from, "the address");
  equal(connection.remoteHigh, lab.high, "the upper half of it");
  equal(get(connection), 100, "bytes");
  lab.quiet();
  put(connection, 3 * 1360);
  lab.step();
  lab.expect(ACK, iss + 1, PEER + 101, 1360, "text, by the nearest MSS that a cookie can say");
  lab.quiet();
  lab.inject(ACK | FIN, PEER + 101, iss + 4081, 20_000);
  equal(connection.state, State.CLOSE_WAIT, "the state after its end");
  connection.close();
  lab.quiet();
  lab.inject(ACK, PEER + 102, iss + 4082);
  equal(lab.tcp.size, BACKLOG, "connections at last");
}

export function full(seed: u64): void {
  opens(new Full(seed));
}

export function six(seed: u64): void {
  opens(new Full(seed, 0xb80d0120, 0x0200000000000000, 0x0100000000000000));
}

/** What cannot be in the number is in the timestamp. */
export function options(seed: u64): void {
  const lab = new Full(seed);
  for (let scale = 0; scale < 15; scale++) {
    for (let sack = 0; sack < 2; sack++) {
      lab.now += 7_654_321;
      lab.peerPort++;
      lab.withMss(1460);
      if (scale) lab.withScale(scale);
      if (sack) lab.withSackPermitted();
      lab.withTimestamp(77, 0).inject(SYN, PEER, 0);
      lab.take();
      const iss = lab.sequence;
      check((lab.find(3) != 0) == scale > 0, "a scale where one was offered");
      check((lab.find(4) != 0) == sack > 0, "SACK where it was offered");
      equal(get32(lab.find(8) + 6), 77, "the echo");
      const value = get32(lab.find(8) + 2);
      lab.withTimestamp(78, value).inject(ACK, PEER + 1, iss + 1, 500);
      const connection = lab.listener.accept();
      check(connection != null, "it is open");
      if (!connection) return;
      put(connection, 60_000);
      lab.step();
      lab.take();
      const next = get32(lab.find(8) + 2);
      check(<i32>(next - value) >= 0 && <i32>(next - value) < 64, "timestamps do not run back");
      equal(get32(lab.find(8) + 6), 78, "and echo the last");
      let size = lab.size;
      while (lab.take()) size += lab.size;
      const most = min(500 << scale, 10 * 1448);
      check(size <= most && size > most - 1448, "bytes that the window lets go, or those of the first flight");
      // A hole is told by SACK.
      lab.withTimestamp(79, next).inject(ACK, PEER + 101, iss + 1, 500, 100);
      lab.take();
      check((lab.find(5) != 0) == sack > 0, "SACK");
      // Another segment from before.
      lab.withTimestamp(70, next).inject(ACK, PEER + 1, iss + 1, 500, 100);
      equal(connection.available, 0, "PAWS");
      connection.abort();
      lab.quiet();
    }
  }
}

/** What is no cookie is answered as it is where none was sent: by RST. */
export function wrong(seed: u64): void {
  const lab = new Full(seed);
  const failed = counted("tcp.cookies_failed");
  lab.inject(ACK, PEER + 1, 77_777);
  lab.expect(RST, 77_777, 0, 0, "where none was sent");
  equal(counted("tcp.cookies_failed"), failed, "nobody looks for one there");
  lab.withMss(1460).inject(SYN, PEER, 0);
  lab.take();
  const cookie = lab.sequence;
  lab.inject(ACK, PEER + 1, cookie + 2);
  lab.expect(RST, cookie + 2, 0, 0, "more than was sent");
  lab.inject(ACK, PEER + 70_000, cookie + 1);
  lab.expect(RST, cookie + 1, 0, 0, "another number of its own");
  lab.peerPort++;
  lab.inject(ACK, PEER + 1, cookie + 1);
  lab.expect(RST, cookie + 1, 0, 0, "another port");
  lab.peerPort--;
  lab.from ^= 1 << 40;
  lab.inject(ACK, PEER + 1, cookie + 1);
  lab.expect(RST, cookie + 1, 0, 0, "another address");
  lab.from ^= 1 << 40;
  equal(counted("tcp.cookies_failed"), failed + 4, "they are counted");
  lab.inject(RST, PEER + 1, 0);
  lab.expectNothing("after RST");
  lab.now += 140 * SECOND;
  lab.peerPort++;
  lab.inject(SYN, PEER, 0);
  check(lab.take() && lab.flags == (SYN | ACK), "another one is sent");
  lab.quiet();
  lab.peerPort--;
  lab.inject(ACK, PEER + 1, cookie + 1);
  lab.expect(RST, cookie + 1, 0, 0, "one that is old");
  check(lab.listener.accept() == null, "nothing is open");
  lab.now += 140 * SECOND;
  lab.quiet();
  lab.inject(ACK, PEER + 1, cookie + 1);
  lab.drain();
  equal(counted("tcp.cookies_failed"), failed + 5, "nobody looks for one when none were sent for long");
}

/** What has overtaken the acknowledgement that brings the cookie is not answered, and the connection opens when that has come. */
export function overtaken(seed: u64): void {
  const lab = new Full(seed);
  lab.withMss(1460).inject(SYN, PEER, 0);
  lab.take();
  const cookie = lab.sequence;
  lab.inject(ACK, PEER + 101, cookie + 1, 65_535, 100);
  lab.inject(ACK | FIN, PEER + 201, cookie + 1);
  lab.inject(ACK, PEER + 60_000, cookie + 1);
  lab.expectNothing("of the first window");
  lab.inject(ACK, PEER + 1, cookie + 1, 65_535, 100);
  const connection: Connection | null = lab.listener.accept();
  check(connection != null, "it opens");
  if (connection) equal(get(connection), 100, "bytes");
}

/** 200,000 who guess: none of them opens anything. */
export function guessed(seed: u64): void {
  const lab = new Full(seed);
  const random = new SeededRandom(seed);
  lab.inject(SYN, PEER, 0);
  lab.drain();
  const size = lab.write(ACK, PEER + 1, 0);
  for (let i = 0; i < 200_000; i++) {
    lab.acknowledge(random.u32());
    lab.give(size);
    lab.drain();
  }
  equal(lab.tcp.size, BACKLOG, "connections");
  check(lab.listener.accept() == null, "nothing is open");
}

/** As many are open and not accepted as the backlog says; who has answered then is let in later. */
export function accepted(seed: u64): void {
  const lab = new Full(seed);
  const cookies: u32[] = [];
  for (let i = 0; i < BACKLOG + 1; i++) {
    lab.peerPort = <u16>(4000 + i);
    lab.inject(SYN, PEER, 0);
    lab.take();
    cookies.push(lab.sequence);
  }
  for (let i = 0; i < BACKLOG + 1; i++) {
    lab.peerPort = <u16>(4000 + i);
    lab.inject(ACK, PEER + 1, cookies[i] + 1);
  }
  lab.expectNothing("they are not answered");
  equal(lab.tcp.size, 2 * BACKLOG, "connections");
  for (let i = 0; i < BACKLOG; i++) lab.listener.accept()!.abort();
  lab.quiet();
  check(lab.listener.accept() == null, "no more than that");
  lab.inject(ACK, PEER + 1, cookies[BACKLOG] + 1, 65_535, 10);
  const last: Connection | null = lab.listener.accept();
  check(last != null, "the last one comes again");
  if (last) equal(get(last), 10, "with what it says");
}
