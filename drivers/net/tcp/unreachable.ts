// What somebody on the way says about a segment (RFC 9293 section 3.9.2.2). It proves nothing but that he knows a number of
// one that is on its way (RFC 5927 section 4).

import { get32 } from "../bytes";
import { Unreachable } from "../ip";
import { finish } from "./finish";
import { fitPath } from "./handshake";
import { output } from "./output";
import { SEQUENCE } from "./segment";
import { isBefore } from "./sequence";
import { Cause } from "./state";
import { Tcb } from "./tcb";

export function unreachable(tcb: Tcb, packet: usize, why: Unreachable, now: i64): void {
  const sequence = get32(packet + SEQUENCE);
  if (isBefore(sequence, tcb.sndUna) || !isBefore(sequence, tcb.sndMax)) return;
  if (why == Unreachable.TOO_BIG) tooBig(tcb, now);
  else if (why == Unreachable.HOST || why == Unreachable.TIME || tcb.isSynchronized) {
    // May be over soon (MUST-56); an open connection is not given up for a word of somebody's (RFC 5927 section 5.2).
    tcb.softError = true;
  } else finish(tcb, why == Unreachable.PORT ? Cause.REFUSED : Cause.UNREACHABLE);
}

/** Path MTU discovery: what is on its way goes again in smaller pieces. It was not lost for want of room on the path (RFC 1191 section 6.5). */
function tooBig(tcb: Tcb, now: i64): void {
  const before = tcb.mss;
  if (!tcb.isSynchronized) return;
  fitPath(tcb);
  if (tcb.mss >= before) {
    tcb.mss = before;
    return;
  }
  tcb.stopTiming(now);
  if (tcb.sack) tcb.board.loseAll();
  else tcb.sndNxt = tcb.sndUna;
  if (!output(tcb, now)) tcb.pend();
}
