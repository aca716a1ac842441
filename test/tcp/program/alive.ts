// Keepalive: RFC 9293 section 3.8.4.

import { Cause, State } from "mirage-wasm/drivers/net/tcp/state";
import { Pair } from "./bed";
import { check, equal } from "./check";
import { ACK, Open, PEER, put, SECOND } from "./lab";

/** MUST-24 and MUST-25: off, unless it is asked for. */
export function off(seed: u64): void {
  const open = new Open();
  open.wait(86_400 * SECOND);
  open.expectNothing("in a day");
  equal(open.connection.state, State.ESTABLISHED, "the state");
}

export function answered(seed: u64): void {
  const open = new Open();
  open.connection.keepAlive(60 * SECOND, 10 * SECOND, 3);
  open.step();
  for (let i = 0; i < 20; i++) {
    equal(open.waitForSegment(1000 * SECOND), 60 * SECOND, "MUST-26: only when nothing has come");
    open.expect(ACK, open.iss, PEER + 1, 0, "a probe");
    open.inject(ACK, PEER + 1, open.iss + 1);
  }
  equal(open.connection.state, State.ESTABLISHED, "the state");
}

export function dead(seed: u64): void {
  const open = new Open();
  open.connection.keepAlive(60 * SECOND, 10 * SECOND, 3);
  open.step();
  open.wait(89 * SECOND);
  equal(open.drain(), 3, "MUST-29: probes, of which one without an answer says nothing");
  equal(open.connection.state, State.ESTABLISHED, "the state until then");
  open.wait(2 * SECOND);
  equal(open.connection.cause, Cause.TIMEOUT, "the cause");
}

export function busy(seed: u64): void {
  const open = new Open();
  open.connection.keepAlive(2 * SECOND, SECOND, 3);
  put(open.connection, 10);
  open.step();
  for (let i = 0; i < 20; i++) {
    open.wait(SECOND);
    while (open.take()) check(open.sequence == open.iss + 1, "text is sent again, no probe");
  }
  equal(open.connection.state, State.ESTABLISHED, "the state");
}

/** Two stacks keep a connection open that nobody uses, and see when the way is cut. */
export function pair(seed: u64): void {
  const pair = new Pair(seed);
  pair.a.keepAlive(60 * SECOND, 10 * SECOND, 3);
  pair.run(3600 * SECOND);
  equal(pair.a.state, State.ESTABLISHED, "the state");
  pair.way.isCut = true;
  pair.run(200 * SECOND);
  equal(pair.a.cause, Cause.TIMEOUT, "the cause");
  equal(pair.b.state, State.ESTABLISHED, "the side that does not ask");
}

/** MUST-28. */
export function byDefault(seed: u64): void {
  const open = new Open();
  open.connection.keepAlive();
  open.step();
  equal(open.waitForSegment(86_400 * SECOND), 7200 * SECOND, "two hours");
}

export function offAgain(seed: u64): void {
  const open = new Open();
  open.connection.keepAlive(60 * SECOND);
  open.step();
  open.connection.keepAlive(0);
  open.step();
  open.wait(86_400 * SECOND);
  open.expectNothing("in a day");
}
