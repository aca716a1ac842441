// What a connection does when time is up.

import { keepalives, timeouts } from "./counters";
import { finish } from "./finish";
import { output, probe, startRetransmit } from "./output";
import { probeTail, recoverLate } from "./sack";
import { ACK } from "./segment";
import { Cause, State } from "./state";
import { Tcb } from "./tcb";
import { NEVER } from "./timers";
import { transmit, transmitSyn } from "./transmit";

/** How long a SYN is sent again: R2 of RFC 9293 section 3.8.3 (MUST-23). */
const GIVE_UP_SYN: i64 = 180_000_000_000;

/** Does what is due, and notes when it is next. */
export function expire(tcb: Tcb, now: i64): void {
  if (tcb.endAt <= now) {
    finish(tcb, Cause.NONE);
    return;
  }
  if (tcb.ackAt <= now) {
    tcb.ackAt = NEVER;
    tcb.ackNow = true;
    if (!output(tcb, now)) tcb.pend();
  }
  if (tcb.lossAt <= now) recoverLate(tcb, now);
  // Of these, one at a time.
  if (tcb.retransmitAt <= now) {
    if (tcb.probesTail) probeTail(tcb, now);
    else retransmitLate(tcb, now);
  }
  else if (tcb.persistAt <= now) persist(tcb, now);
  else if (tcb.keepaliveAt <= now) keepAlive(tcb, now);
  if (tcb.state != State.CLOSED) tcb.timers.add(tcb, min(min(min(tcb.endAt, tcb.ackAt), min(tcb.retransmitAt, tcb.persistAt)), min(tcb.keepaliveAt, tcb.lossAt)));
}

function giveUp(tcb: Tcb): void {
  finish(tcb, tcb.softError ? Cause.UNREACHABLE : Cause.TIMEOUT);
}

/** The retransmission timer (RFC 6298 sections 5.4 to 5.7). */
function retransmitLate(tcb: Tcb, now: i64): void {
  const isOpening = !tcb.isSynchronized;
  if (now - tcb.waitsSince >= (isOpening ? min(tcb.giveUp, GIVE_UP_SYN) : tcb.giveUp)) {
    giveUp(tcb);
    return;
  }
  timeouts.add();
  tcb.stopTiming(now);
  tcb.rtt.double();
  if (!tcb.congestion.hasTimedOut) tcb.timedOutAt = now;
  startRetransmit(tcb, now);
  if (isOpening) {
    tcb.lostSyn = true;
    transmitSyn(tcb, now);
    return;
  }
  tcb.congestion.timeout(<i32>(tcb.sndMax - tcb.sndUna), tcb.mss, tcb.sndMax);
  // All that follows is sent again, as the window lets it.
  if (tcb.sack) tcb.board.loseAll();
  else tcb.sndNxt = tcb.sndUna;
  if (!output(tcb, now)) tcb.pend();
}

/**
 * A closed window is asked for as long as the other side answers (RFC 9293 section 3.8.6.1, MUST-37), but not for ever
 * where nobody would care (section 3.8.3).
 */
function persist(tcb: Tcb, now: i64): void {
  if (!tcb.outgoing.used && !tcb.finQueued) {
    // The last probe's byte was the last one, and was taken.
    tcb.persistAt = NEVER;
    tcb.persists = 0;
    return;
  }
  const since = tcb.owner ? max(tcb.heardAt, tcb.waitsSince) : tcb.waitsSince;
  if (now - since >= tcb.giveUp) giveUp(tcb);
  else probe(tcb, now);
}

/** RFC 9293 section 3.8.4: asks whether the other side is there, by a number that it has acknowledged. */
function keepAlive(tcb: Tcb, now: i64): void {
  const isBusy = tcb.retransmitAt != NEVER || tcb.persistAt != NEVER;
  if (isBusy || now - tcb.heardAt < tcb.keepaliveIdle && !tcb.keepalives) {
    tcb.keepaliveAt = (isBusy ? now : tcb.heardAt) + tcb.keepaliveIdle;
    return;
  }
  if (tcb.keepalives >= tcb.keepaliveCount) {
    giveUp(tcb);
    return;
  }
  tcb.keepalives++;
  tcb.keepaliveAt = now + tcb.keepaliveInterval;
  keepalives.add();
  transmit(tcb, tcb.sndNxt - 1, 0, ACK, now);
}
