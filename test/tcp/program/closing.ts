// RFC 9293 section 3.6, and what comes afterwards.

import { BROKEN, END } from "mirage-wasm/drivers/net/tcp/connection";
import { Cause, State } from "mirage-wasm/drivers/net/tcp/state";
import { V4_HIGH } from "mirage-wasm/drivers/net/ip";
import { addressOf } from "./address";
import { Bed, Pair, SECOND } from "./bed";
import { check, equal } from "./check";
import { Sink, Source, transfer } from "./flow";
import { ACK, FIN, get, Open, PEER, put, RST, SYN } from "./lab";

export function halfClose(seed: u64): void {
  const pair = new Pair(seed);
  transfer(pair, pair.a, pair.b, 50_000);
  pair.run(SECOND);
  equal(pair.a.state, State.FIN_WAIT_2, "who has ended first");
  equal(pair.b.state, State.CLOSE_WAIT, "who goes on");
  equal(put(pair.a, 1), BROKEN, "writing behind the end");
  transfer(pair, pair.b, pair.a, 200_000);
  pair.run(SECOND);
  equal(pair.a.state, State.TIME_WAIT, "who has ended first, at last");
  equal(pair.b.state, State.CLOSED, "the other");
  equal(pair.b.cause, Cause.NONE, "its cause");
  equal(get(pair.b), END, "it still reads the end");
  pair.run(120 * SECOND);
  equal(pair.a.state, State.CLOSED, "TIME_WAIT is over");
  equal(pair.tcps[0].size + pair.tcps[1].size, 0, "connections that are left");
}

export function simultaneous(seed: u64): void {
  const pair = new Pair(seed);
  pair.a.shutdown();
  pair.b.shutdown();
  pair.once(pair.now + SECOND);
  pair.once(pair.now + SECOND);
  check(pair.a.state == State.CLOSING || pair.b.state == State.CLOSING, "both are closing");
  pair.run(SECOND);
  equal(pair.a.state, State.TIME_WAIT, "one");
  equal(pair.b.state, State.TIME_WAIT, "the other");
  pair.run(100 * SECOND);
  equal(pair.tcps[0].size + pair.tcps[1].size, 0, "connections that are left");
}

/** With losses, all comes to the same end. */
export function simultaneousWithLoss(seed: u64): void {
  for (let i = 0; i < 30; i++) {
    const pair = new Pair(seed + i);
    pair.way.faults.lost = 1000;
    put(pair.a, 5000);
    put(pair.b, 5000);
    pair.a.shutdown();
    pair.b.shutdown();
    pair.run(200 * SECOND);
    equal(get(pair.a), 5000, "bytes that one has");
    equal(get(pair.b), 5000, "bytes that the other has");
    equal(get(pair.a), END, "the end");
    pair.run(600 * SECOND);
    equal(pair.tcps[0].size + pair.tcps[1].size, 0, "connections that are left");
  }
}

/** Text that is written before `close` arrives, then FIN. */
export function closeSends(seed: u64): void {
  const pair = new Pair(seed);
  const source = new Source(pair.a, 60_000);
  source.go();
  equal(source.written, 60_000, "bytes that are taken");
  pair.a.close();
  equal(pair.a.state, State.CLOSED, "the state after close");
  equal(put(pair.a, 1), BROKEN, "write after close");
  const sink = new Sink(pair.b);
  const until = pair.now + 10 * SECOND;
  while (!sink.isEnded && pair.once(until)) sink.go();
  equal(sink.read, 60_000, "bytes that arrive");
  pair.b.close();
  pair.run(100 * SECOND);
  equal(pair.tcps[0].size + pair.tcps[1].size, 0, "connections that are left");
}

export function sequence(seed: u64): void {
  const open = new Open();
  open.connection.shutdown();
  open.step();
  open.expect(FIN | ACK, open.iss + 1, PEER + 1, 0, "FIN");
  open.inject(ACK, PEER + 1, open.iss + 2);
  equal(open.connection.state, State.FIN_WAIT_2, "when it is acknowledged");
  open.inject(ACK, PEER + 1, open.iss + 2, 65_535, 10);
  equal(get(open.connection), 10, "text still comes");
  open.drain();
  open.inject(FIN | ACK, PEER + 11, open.iss + 2);
  open.expect(ACK, open.iss + 2, PEER + 12, 0, "their FIN is acknowledged at once");
  equal(open.connection.state, State.TIME_WAIT, "then");
  open.wait(59 * SECOND);
  open.inject(FIN | ACK, PEER + 11, open.iss + 2);
  open.expect(ACK, open.iss + 2, PEER + 12, 0, "once more");
  open.wait(59 * SECOND);
  equal(open.connection.state, State.TIME_WAIT, "2 MSL begin anew");
  open.wait(2 * SECOND);
  equal(open.connection.state, State.CLOSED, "the end");
}

export function finRetransmission(seed: u64): void {
  const open = new Open();
  open.connection.shutdown();
  open.step();
  open.drain();
  open.waitForSegment(5 * SECOND);
  open.expect(FIN | ACK, open.iss + 1, PEER + 1, 0, "FIN again");
  open.inject(FIN | ACK, PEER + 1, open.iss + 1);
  equal(open.connection.state, State.CLOSING, "both have ended");
  open.drain();
  open.inject(ACK, PEER + 2, open.iss + 2);
  equal(open.connection.state, State.TIME_WAIT, "and it is acknowledged");
}

export function lastAck(seed: u64): void {
  const open = new Open();
  open.inject(FIN | ACK, PEER + 1, open.iss + 1);
  open.expect(ACK, open.iss + 1, PEER + 2, 0, "their FIN is acknowledged");
  equal(get(open.connection), END, "the end is read");
  equal(open.connection.state, State.CLOSE_WAIT, "the state");
  put(open.connection, 10);
  open.connection.close();
  open.step();
  open.expect(ACK | FIN, open.iss + 1, PEER + 2, 10, "the rest, and FIN with it");
  open.inject(ACK, PEER + 2, open.iss + 12);
  equal(open.tcp.size, 0, "connections");
}

/** FIN that comes before what precedes it waits for that; nothing counts behind it. */
export function earlyFin(seed: u64): void {
  const open = new Open();
  open.inject(FIN | ACK, PEER + 101, open.iss + 1, 65_535, 50);
  equal(open.connection.state, State.ESTABLISHED, "the state with a hole");
  open.inject(ACK, PEER + 151, open.iss + 1, 65_535, 50);
  open.inject(ACK, PEER + 1, open.iss + 1, 65_535, 100);
  equal(open.connection.state, State.CLOSE_WAIT, "the state without");
  equal(get(open.connection), 150, "bytes");
  equal(get(open.connection), END, "the end");
}

/** SHLD-3 of section 3.6.1. */
export function unread(seed: u64): void {
  const open = new Open();
  open.inject(ACK, PEER + 1, open.iss + 1, 65_535, 10);
  open.drain();
  open.connection.close();
  open.step();
  open.expect(RST | ACK, open.iss + 1, PEER + 11, 0, "bytes that nobody has read");
  equal(open.tcp.size, 0, "connections");
}

export function textAfterClose(seed: u64): void {
  const open = new Open();
  open.connection.close();
  open.step();
  open.drain();
  open.inject(ACK, PEER + 1, open.iss + 2, 65_535, 10);
  open.expect(RST | ACK, open.iss + 2, PEER + 1, 0, "bytes that nobody will read");
  equal(open.tcp.size, 0, "connections");
}

export function abort(seed: u64): void {
  const open = new Open();
  put(open.connection, 10);
  open.step();
  open.drain();
  open.connection.abort();
  open.step();
  open.expect(RST | ACK, open.iss + 11, PEER + 1, 0, "RST");
  equal(open.connection.cause, Cause.ABORTED, "the cause");
  equal(open.tcp.size, 0, "connections");
  open.wait(100 * SECOND);
  open.expectNothing("afterwards");
}

/** A connection that nobody owns any more ends, whatever the other side does. */
export function orphans(seed: u64): void {
  let open = new Open();
  open.connection.close();
  open.step();
  open.inject(ACK, PEER + 1, open.iss + 2);
  open.wait(61 * SECOND);
  equal(open.tcp.size, 0, "FIN_WAIT_2: connections");
  open = new Open();
  open.connection.shutdown();
  open.step();
  open.inject(ACK, PEER + 1, open.iss + 2);
  open.wait(500 * SECOND);
  equal(open.connection.state, State.FIN_WAIT_2, "somebody may still read");
  open.connection.close();
  open.wait(61 * SECOND);
  equal(open.tcp.size, 0, "FIN_WAIT_2 before: connections");
  open = new Open();
  put(open.connection, 1000);
  open.connection.close();
  open.wait(400 * SECOND);
  equal(open.tcp.size, 0, "without an acknowledgement: connections");
  open = new Open();
  put(open.connection, 1000);
  open.inject(ACK, PEER + 1, open.iss + 1, 0);
  open.connection.close();
  for (let i = 0; i < 500; i++) {
    open.wait(SECOND);
    if (open.drain()) open.inject(ACK, PEER + 1, open.iss + 1, 0);
  }
  equal(open.tcp.size, 0, "with a window that stays closed: connections");
}

/** A reset connection leaves nothing behind, in any state. */
export function resetEverywhere(seed: u64): void {
  for (let kind = 0; kind < 6; kind++) {
    const open = new Open();
    let next = PEER + 1;
    put(open.connection, 2000);
    if (kind == 1 || kind == 2 || kind == 3) open.connection.shutdown();
    open.step();
    if (kind == 2) open.inject(ACK, PEER + 1, open.iss + 2002);
    if (kind == 3 || kind == 4 || kind == 5) open.inject(FIN | ACK, next++, open.iss + 1);
    if (kind == 5) open.connection.shutdown();
    open.step();
    open.drain();
    open.inject(RST, next, 0);
    equal(open.connection.state, State.CLOSED, `kind ${kind}: the state`);
    equal(open.tcp.size, 0, `kind ${kind}: connections`);
    open.connection.close();
    open.wait(200 * SECOND);
    open.expectNothing(`kind ${kind}: afterwards`);
  }
}

/** As with Linux: what has come before a reset can be read, and then that it was one; an end that has come stays an end. */
export function readAfterReset(seed: u64): void {
  const open = new Open();
  open.inject(ACK, PEER + 1, open.iss + 1, 65_535, 100);
  open.inject(ACK, PEER + 201, open.iss + 1, 65_535, 100);
  open.inject(RST, PEER + 101, 0);
  equal(open.connection.cause, Cause.RESET, "the cause");
  equal(get(open.connection, 60), 60, "a part of what has come");
  equal(get(open.connection), 40, "the rest of it, and nothing behind a hole");
  equal(get(open.connection), BROKEN, "then what has become of it");
  open.connection.close();
  open.wait(200 * SECOND);
  open.drain();
  equal(open.tcp.size, 0, "connections");
  const ended = new Open();
  ended.inject(FIN | ACK, PEER + 1, ended.iss + 1, 65_535, 100);
  ended.inject(RST, PEER + 102, 0);
  equal(get(ended.connection), 100, "what has come before an end");
  equal(get(ended.connection), END, "the end");
  equal(put(ended.connection, 1), BROKEN, "and nobody is there");
  ended.connection.close();
}

/** Brings a connection to TIME_WAIT: the next numbers are PEER + 2 and iss + 2. */
function timeWait(timestamp: i64 = -1): Open {
  const open = new Open(1460, -1, timestamp);
  open.connection.shutdown();
  open.step();
  open.drain();
  if (timestamp >= 0) open.withTimestamp(<u32>timestamp, 0);
  open.inject(FIN | ACK, PEER + 1, open.iss + 2);
  open.drain();
  equal(open.connection.state, State.TIME_WAIT, "the state");
  return open;
}

export function timeWaitReuse(seed: u64): void {
  let open = timeWait();
  open.inject(SYN, PEER + 2, 0);
  open.expect(ACK, open.iss + 2, PEER + 2, 0, "a SYN with an old number");
  open.inject(SYN, PEER + 3, 0);
  check(open.take(), "one with a new number is answered");
  equal(open.flags, SYN | ACK, "its answer");
  check(<i32>(open.sequence - (open.iss + 2)) > 0, "section 3.4.3: our number is behind the old ones");
  open = timeWait(1000);
  open.withTimestamp(999, 0).inject(SYN, PEER + 3000, 0);
  open.expect(ACK, open.iss + 2, PEER + 2, 0, "a SYN with an old timestamp");
  open.withTimestamp(1001, 0).inject(SYN, PEER - 3000, 0);
  check(open.take(), "one with a new timestamp is answered");
  equal(open.flags, SYN | ACK, "its answer");
}

/** 65,535 connections out, one after another to the same port: each gets a port, none is left. */
export function ports(seed: u64): void {
  const bed = new Bed(seed);
  bed.way.faults.delay = 1000;
  const listener = bed.listen();
  for (let i = 0; i < 65_535; i++) {
    const a = bed.tcps[0].connect(V4_HIGH, addressOf(1), 7, bed.now);
    check(a != null, `connection ${i} gets a port`);
    if (!a) return;
    bed.run(3000);
    const b = listener.accept();
    check(b != null, `connection ${i} is accepted`);
    if (!b) return;
    a.close();
    bed.run(2000);
    b.close();
    bed.run(3000);
  }
  check(bed.tcps[0].size <= 4096, "connections in TIME_WAIT have a bound");
  equal(bed.tcps[1].size, 0, "connections at the other side");
  bed.run(100 * SECOND);
  equal(bed.tcps[0].size, 0, "connections in the end");
}
