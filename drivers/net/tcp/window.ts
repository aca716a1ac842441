// The window that this side tells (RFC 9293 section 3.8.6, RFC 7323 section 2). Its right edge never moves to the left, and
// to the right only by so much that a segment is worth sending (section 3.8.6.2.2: no silly window).

import { isAfter } from "./sequence";
import { Tcb } from "./tcb";

/** By how many bits windows are shifted, once both sides scale: 65535 of them cover the largest buffer. */
export const SCALE: i32 = 2;
/** Bytes by which a window may be larger than it is, since it is told rounded up. */
const ROUNDING: i32 = 1 << SCALE;
const MAX_FIELD: i32 = 65_535;
/** What a SYN tells, which is never scaled. */
export const FIRST_WINDOW: i32 = MAX_FIELD;

/** How far the edge could move. */
function gain(tcb: Tcb): i32 {
  return tcb.rcvBuffer - ROUNDING - tcb.incoming.used - <i32>(tcb.rcvEdge - tcb.rcvNxt);
}

/** Moves the edge if that is worth it, and returns the field of the header. */
export function tellWindow(tcb: Tcb): i32 {
  const gained = gain(tcb);
  if (gained >= min(tcb.rcvBuffer >> 1, tcb.rcvMss)) tcb.rcvEdge += gained;
  const window = max(<i32>(tcb.rcvEdge - tcb.rcvNxt), 0);
  const scale = tcb.rcvScale;
  const field = min((window + (1 << scale) - 1) >> scale, MAX_FIELD);
  const told = tcb.rcvNxt + (<u32>field << scale);
  if (isAfter(told, tcb.rcvTold)) tcb.rcvTold = told;
  return field;
}

/** The field of a SYN. `rcvNxt` is known, or 0. */
export function tellFirstWindow(tcb: Tcb): i32 {
  startWindow(tcb);
  return FIRST_WINDOW;
}

/** After a SYN: what it has told counts from `rcvNxt` on. */
export function startWindow(tcb: Tcb): void {
  tcb.rcvEdge = tcb.rcvNxt + FIRST_WINDOW;
  tcb.rcvTold = tcb.rcvEdge;
}

/** Has the user read so much that the other side should hear of it, as it has room for little more than it was told? */
export function isReopened(tcb: Tcb): bool {
  return tcb.rcvWnd < min(tcb.rcvBuffer, MAX_FIELD << tcb.rcvScale) >> 1 && gain(tcb) >= min(tcb.rcvBuffer >> 1, tcb.rcvMss);
}
