// How a connection comes to its end.

import { failed, recycled, waiting } from "./counters";
import { Cause, State } from "./state";
import { Tcb } from "./tcb";
import { NEVER } from "./timers";

/** Twice the longest life of a segment: MSL is 30 s (RFC 9293 section 3.4.2 takes 2 minutes, all others less). */
const TIME_WAIT: i64 = 60_000_000_000;
/** How long FIN_WAIT_2 lasts where nobody can read any more. */
const FIN_WAIT_2: i64 = 60_000_000_000;
/** Connections in TIME_WAIT: the oldest gives way to one more. */
const MAX_TIME_WAIT: i32 = 4096;

/** It is over. What is not read stays for its owner. */
export function finish(tcb: Tcb, cause: Cause): void {
  if (tcb.state == State.CLOSED) return;
  const tcp = tcb.tcp;
  tcp.table.remove(tcb);
  tcb.timers.remove(tcb);
  const list = tcb.list;
  if (list) list.remove(tcb);
  tcb.listener = 0;
  if (tcb.state == State.TIME_WAIT) waiting.add(-1);
  tcb.state = State.CLOSED;
  tcb.cause = cause;
  if (cause != Cause.NONE) failed.add();
  tcb.outgoing.release();
  tcb.ranges.release();
  tcb.board.release();
  if (!tcb.owner) tcb.incoming.release();
  tcb.wake();
  // `step` frees it.
  tcb.pend();
}

export function enterTimeWait(tcb: Tcb, now: i64): void {
  const list = tcb.tcp.timeWait;
  const oldest = list.oldest;
  if (oldest && list.length >= MAX_TIME_WAIT) {
    recycled.add();
    finish(oldest, Cause.NONE);
  }
  list.push(tcb);
  waiting.add(1);
  tcb.state = State.TIME_WAIT;
  tcb.retransmitAt = NEVER;
  tcb.persistAt = NEVER;
  tcb.keepaliveAt = NEVER;
  restartTimeWait(tcb, now);
  tcb.wake();
}

export function restartTimeWait(tcb: Tcb, now: i64): void {
  tcb.endAt = now + TIME_WAIT;
  tcb.timers.add(tcb, tcb.endAt);
}

/** FIN is acknowledged, and the other side goes on. */
export function enterFinWait2(tcb: Tcb, now: i64): void {
  tcb.state = State.FIN_WAIT_2;
  if (!tcb.owner) linger(tcb, now);
}

/** Where nobody reads any more, the other side's FIN is waited for no longer than this. */
export function linger(tcb: Tcb, now: i64): void {
  tcb.endAt = now + FIN_WAIT_2;
  tcb.timers.add(tcb, tcb.endAt);
}
