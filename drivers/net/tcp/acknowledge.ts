// The fifth check of RFC 9293 section 3.10.7.4: what the other side has, and how much more it has room for.

import { tuneSending } from "./autotune";
import { challenge } from "./challenge";
import { DUPLICATES } from "./congestion";
import { recoveries, spurious } from "./counters";
import { enterFinWait2, enterTimeWait, finish } from "./finish";
import { establishPassive } from "./handshake";
import { retransmit, startRetransmit } from "./output";
import { refuse } from "./refuse";
import { ACK, FIN, Segment } from "./segment";
import { heed, recover } from "./sack";
import { isAfter, isBefore, later } from "./sequence";
import { Cause, State } from "./state";
import { Tcb } from "./tcb";
import { NEVER } from "./timers";
import { TICK_SHIFT } from "./ticks";
import { timestampNow } from "./transmit";

/** False: the segment is to be dropped. */
export function acknowledge(tcb: Tcb, segment: Segment, now: i64): bool {
  if (!segment.has(ACK)) return false;
  const ack = segment.acknowledgement;
  if (tcb.state == State.SYN_RECEIVED) {
    if (!isAfter(ack, tcb.sndUna) || isAfter(ack, tcb.sndMax)) {
      refuse(tcb.tcp, segment, now);
      return false;
    }
    if (!establishPassive(tcb, segment, now)) return false;
  } else if (isAfter(ack, tcb.sndMax) || isBefore(ack, tcb.sndUna - tcb.sndMaxWnd)) {
    // RFC 5961 section 5.2: of what was never sent, or too old.
    challenge(tcb, now);
    return false;
  }
  tcb.heardAt = now;
  tcb.keepalives = 0;
  const window = <i32>segment.window << max(tcb.sndScale, 0);
  if (tcb.sack) heed(tcb, segment, now);
  if (isAfter(ack, tcb.sndUna)) advance(tcb, ack, segment, now);
  else if (!tcb.sack && ack == tcb.sndUna && window == tcb.sndWnd && !segment.size && !segment.has(FIN) && tcb.retransmitAt != NEVER) duplicate(tcb, now);
  if (tcb.state == State.CLOSED) return false;
  if (tcb.sack) recover(tcb, now);
  // An older segment does not change the window, nor does an older acknowledgement.
  if (ack == tcb.sndUna && (isBefore(tcb.sndWl1, segment.sequence) || (tcb.sndWl1 == segment.sequence && !isBefore(ack, tcb.sndWl2)))) {
    if (window > 0 && tcb.sndWnd == 0) tcb.persistAt = NEVER;
    tcb.sndWnd = window;
    tcb.sndMaxWnd = max(tcb.sndMaxWnd, window);
    tcb.sndWl1 = segment.sequence;
    tcb.sndWl2 = ack;
  }
  return true;
}

/** Something new is acknowledged. */
function advance(tcb: Tcb, ack: u32, segment: Segment, now: i64): void {
  const congestion = tcb.congestion;
  const outgoing = tcb.outgoing;
  const outstanding = <i32>(tcb.sndMax - tcb.sndUna) - tcb.board.sacked - tcb.board.lost;
  measure(tcb, ack, segment, now);
  let bytes = <i32>(ack - tcb.sndUna);
  tcb.sndUna = ack;
  tcb.sndNxt = later(tcb.sndNxt, ack);
  tcb.waitsSince = now;
  tcb.softError = false;
  if (bytes > outgoing.used) {
    bytes = outgoing.used;
    tcb.finQueued = false;
    tcb.finAcked = true;
  }
  outgoing.drop(bytes);
  if (!outgoing.used) outgoing.release();
  let restarts = true;
  if (congestion.hasTimedOut) endTimeout(tcb, segment);
  if (!congestion.isRecovering) congestion.grow(bytes, tcb.mss, outstanding + tcb.mss > congestion.window, tcb.rtt.smoothed, now);
  else if (!tcb.sack && congestion.isPartial(ack, bytes, <i32>(tcb.sndMax - ack), tcb.mss)) {
    retransmit(tcb, now);
    restarts = congestion.partials == 1;
  }
  tuneSending(tcb);
  if (ack == tcb.sndMax) tcb.retransmitAt = NEVER;
  else if (restarts) startRetransmit(tcb, now);
  if (tcb.finAcked) endSending(tcb, now);
  else if (tcb.wantsSpace) tcb.tellSpace();
}

/**
 * The first answer after a timeout. If it is one to what was sent before, nothing was lost but perhaps an answer (RFC 3522, and
 * RFC 4015 section 3): all goes on as it was.
 */
function endTimeout(tcb: Tcb, segment: Segment): void {
  tcb.congestion.hasTimedOut = false;
  if (!tcb.timestamps || !segment.echo || !isBefore(segment.echo, timestampNow(tcb, tcb.timedOutAt))) return;
  spurious.add();
  if (tcb.sack) tcb.board.loseNothing();
  else tcb.sndNxt = tcb.sndMax;
  tcb.congestion.undo(tcb.pipe, tcb.mss);
}

/** RFC 6298 section 3, by the clock; where that says nothing since something was sent twice, by timestamps (RFC 7323 section 4.1). */
function measure(tcb: Tcb, ack: u32, segment: Segment, now: i64): void {
  if (tcb.isTimed) {
    if (!isAfter(ack, tcb.timedSequence)) return;
    tcb.isTimed = false;
    tcb.rtt.sample(now - tcb.timedAt);
  } else if (tcb.timestamps && segment.echo) {
    // An echo of what was sent before it was sent again is the one of an answer that was lost (RFC 7323 section 5.3, R2).
    const ticks = timestampNow(tcb, now) - segment.echo;
    if (ticks <= timestampNow(tcb, now) - timestampNow(tcb, max(tcb.timedAt, tcb.waitsSince))) tcb.rtt.sample(<i64>ticks << TICK_SHIFT);
  }
}

/** RFC 5681 section 3.2. */
function duplicate(tcb: Tcb, now: i64): void {
  const congestion = tcb.congestion;
  congestion.duplicates++;
  if (congestion.isRecovering) congestion.inflate(tcb.mss);
  else if (congestion.duplicates == DUPLICATES && isAfter(tcb.sndUna, congestion.recover)) {
    recoveries.add();
    congestion.enterRecovery(<i32>(tcb.sndMax - tcb.sndUna), tcb.mss, tcb.sndMax);
    retransmit(tcb, now);
    startRetransmit(tcb, now);
  }
}

/** Our FIN is acknowledged. */
function endSending(tcb: Tcb, now: i64): void {
  if (tcb.state == State.FIN_WAIT_1) enterFinWait2(tcb, now);
  else if (tcb.state == State.CLOSING) enterTimeWait(tcb, now);
  else if (tcb.state == State.LAST_ACK) finish(tcb, Cause.NONE);
}
