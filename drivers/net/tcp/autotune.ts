// How much each direction of a connection may hold. It begins with little, and doubles while that is what keeps text from going faster:
// so who does not read, or has little to say, has little waiting, and a long way has as much as it needs.

import { isAfter } from "./sequence";
import { Segment } from "./segment";
import { Tcb } from "./tcb";
import { TICK_SHIFT } from "./ticks";
import { timestampNow } from "./transmit";

/** Bytes of each direction at first, and at most. */
export const FIRST_BUFFER: i32 = 1 << 16;
export const MAX_BUFFER: i32 = 1 << 18;

/** The connection is open: measuring begins. */
export function startTuning(tcb: Tcb, now: i64): void {
  tcb.tunedAt = now;
  tcb.tunedRead = tcb.rcvNxt;
  tcb.tunedEdge = tcb.rcvTold;
  tcb.tunedTicks = u32.MAX_VALUE;
}

/**
 * Text has come in order. Twice what the user has read in a round trip is what the other side may send in the next one, as it doubles
 * its window at most. A round trip is the shortest that timestamps have told since the last one; without them it is over when
 * something comes that was not allowed when it began.
 */
// @ts-ignore: decorator
@inline
export function tuneReceiving(tcb: Tcb, segment: Segment, now: i64): void {
  // Without scaling no more could be told.
  if (tcb.rcvBuffer != MAX_BUFFER && tcb.rcvScale) measure(tcb, segment, now);
}

function measure(tcb: Tcb, segment: Segment, now: i64): void {
  if (tcb.timestamps) {
    if (segment.echo) tcb.tunedTicks = min(tcb.tunedTicks, timestampNow(tcb, now) - segment.echo);
    if ((now - tcb.tunedAt) >> TICK_SHIFT <= <i64>tcb.tunedTicks) return;
  } else if (!isAfter(tcb.rcvNxt, tcb.tunedEdge)) return;
  const unread = tcb.incoming.used;
  const read = <i32>(tcb.rcvNxt - unread - tcb.tunedRead);
  while (read << 1 > tcb.rcvBuffer && tcb.rcvBuffer < MAX_BUFFER) tcb.rcvBuffer <<= 1;
  startTuning(tcb, now);
  tcb.tunedRead -= unread;
}

/** The congestion window has grown: twice as much is held, so that there is something to send when it has come back. */
// @ts-ignore: decorator
@inline
export function tuneSending(tcb: Tcb): void {
  if (tcb.sndBuffer < MAX_BUFFER && tcb.congestion.window << 1 > tcb.sndBuffer) tcb.sndBuffer <<= 1;
}
