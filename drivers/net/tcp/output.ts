// What is sent, and when (RFC 9293 sections 3.7.4 and 3.8.6.2.1).

import { probes, retransmitted } from "./counters";
import { DUPLICATES } from "./congestion";
import { ACK, FIN, PSH } from "./segment";
import { isAfter, isBefore } from "./sequence";
import { State } from "./state";
import { Tcb } from "./tcb";
import { NEVER } from "./timers";
import { tailPause } from "./sack";
import { transmit } from "./transmit";

/** The longest pause between two probes of a closed window. */
const MAX_PERSIST: i64 = 60_000_000_000;

/**
 * Sends what may be sent, and an acknowledgement where one is due. `forced`: less than a full segment goes too, where there
 * is a window at all. False: IP has no room, the rest has to wait.
 */
export function output(tcb: Tcb, now: i64, forced: bool = false): bool {
  if (!tcb.isSynchronized) return tcb.state != State.SYN_RECEIVED || !tcb.ackNow || transmit(tcb, tcb.sndNxt, 0, ACK, now);
  const outgoing = tcb.outgoing;
  const congestion = tcb.congestion;
  const mss = tcb.mss;
  if (outgoing.used && tcb.sndNxt == tcb.sndUna && now - tcb.sentAt > tcb.rtt.timeout) congestion.restart(mss);
  const wasIdle = tcb.retransmitAt == NEVER;
  let isDone = true;
  while (true) {
    if (tcb.board.lost) {
      const lost = lostThatMayGo(tcb, forced);
      if (!lost) break;
      if (resend(tcb, lost, now)) continue;
      isDone = false;
      break;
    }
    const flight = tcb.flight;
    // -1: FIN is on its way, too.
    const unsent = outgoing.used - flight;
    // Limited transmit (RFC 3042): the first duplicates show that segments leave the network.
    const extra = !congestion.isRecovering && congestion.duplicates < DUPLICATES ? congestion.duplicates * mss : 0;
    const usable = min(congestion.window + extra - tcb.pipe, tcb.sndWnd - flight);
    const size = max(min(min(unsent, usable), mss), 0);
    const isLast = size == unsent;
    const fin = tcb.finQueued && isLast && usable > size;
    if (!fin && (size == 0 || !(size == mss || forced || (isLast && (flight == 0 || tcb.noDelay)) || size << 1 >= tcb.sndMaxWnd || isBefore(tcb.sndNxt, tcb.sndMax)))) break;
    const flags = fin ? ACK | PSH | FIN : isLast ? ACK | PSH : ACK;
    if (!transmit(tcb, tcb.sndNxt, size, flags, now)) {
      isDone = false;
      break;
    }
    advance(tcb, <u32>size + (fin ? 1 : 0), now);
  }
  // What is on its way in all says when its last segment is to be asked for.
  if (tcb.sack && wasIdle && tcb.retransmitAt != NEVER) startRetransmit(tcb, now);
  if (tcb.ackNow && isDone && !transmit(tcb, tcb.emptySequence, 0, ACK, now)) isDone = false;
  const isStuck = tcb.sndNxt == tcb.sndUna || (tcb.board.lost > 0 && tcb.pipe <= 0);
  if (isStuck && isDone && (outgoing.used || tcb.finQueued)) startPersist(tcb, now);
  return isDone;
}

/** So many numbers from `sndNxt` on are on their way. */
function advance(tcb: Tcb, length: u32, now: i64): void {
  const sequence = tcb.sndNxt;
  if (tcb.sndMax == tcb.sndUna) tcb.waitsSince = now;
  tcb.sndNxt = sequence + length;
  if (tcb.sack) {
    tcb.board.note(sequence, tcb.sndNxt, now);
    tcb.congestion.wasSent(<i32>length);
  }
  if (isAfter(tcb.sndNxt, tcb.sndMax)) {
    tcb.sndMax = tcb.sndNxt;
    tcb.sentAt = now;
    if (!tcb.isTimed && !tcb.congestion.hasTimedOut) {
      tcb.isTimed = true;
      tcb.timedSequence = sequence;
      tcb.timedAt = now;
    }
  } else retransmitted.add();
  tcb.persistAt = NEVER;
  tcb.persists = 0;
  if (tcb.retransmitAt == NEVER) startRetransmit(tcb, now);
}

/**
 * How many sequence numbers of what is lost may go now. With nothing on its way, a segment always may, but never what the other
 * side has no room for: it takes windows back where its memory is short (RFC 9293 section 3.8.6, SHLD-15), and is then to be asked.
 */
function lostThatMayGo(tcb: Tcb, forced: bool): i32 {
  const board = tcb.board;
  const pipe = tcb.pipe;
  if (pipe > 0 && pipe + tcb.mss > tcb.congestion.window) return 0;
  const length = board.takeLost(tcb.mss);
  const room = tcb.sndWnd - <i32>(board.start - tcb.sndUna);
  return room >= length ? length : forced ? max(room, 0) : 0;
}

/** Sends once more what the scoreboard has chosen: so many sequence numbers. */
export function resend(tcb: Tcb, length: i32, now: i64): bool {
  const board = tcb.board;
  const used = tcb.outgoing.used;
  const at = <i32>(board.start - tcb.sndUna);
  const size = min(length, used - at);
  const flags = tcb.finQueued && at + length > used ? ACK | PSH | FIN : at + size == used ? ACK | PSH : ACK;
  if (!transmit(tcb, board.start, size, flags, now)) return false;
  tcb.stopTiming(now);
  retransmitted.add();
  board.resent(length, now);
  tcb.persistAt = NEVER;
  tcb.persists = 0;
  tcb.congestion.wasSent(length);
  if (tcb.retransmitAt == NEVER) startRetransmit(tcb, now);
  return true;
}

/** (Re)starts the retransmission timer (RFC 6298 section 5), or the one before it (RFC 8985 section 7.2). */
export function startRetransmit(tcb: Tcb, now: i64): void {
  const timeout = tcb.rtt.timeout;
  const pause = tailPause(tcb);
  tcb.probesTail = pause > 0 && pause < timeout;
  tcb.retransmitAt = now + (tcb.probesTail ? pause : timeout);
  tcb.timers.add(tcb, tcb.retransmitAt);
}

/** Sends the first segment that is not acknowledged once more. */
export function retransmit(tcb: Tcb, now: i64): void {
  const outstanding = <i32>(tcb.sndMax - tcb.sndUna);
  const used = tcb.outgoing.used;
  const size = min(min(used, tcb.mss), outstanding);
  const fin = tcb.finQueued && size == used && outstanding > used;
  tcb.stopTiming(now);
  retransmitted.add();
  transmit(tcb, tcb.sndUna, size, fin ? ACK | PSH | FIN : size == used ? ACK | PSH : ACK, now);
}

/** Nothing may be sent and nothing is on its way, so that nothing comes back: the window is to be asked for (section 3.8.6.1). */
function startPersist(tcb: Tcb, now: i64): void {
  tcb.retransmitAt = NEVER;
  if (tcb.persistAt != NEVER) return;
  if (!tcb.persists) tcb.waitsSince = now;
  tcb.persistAt = now + min(tcb.rtt.timeout << tcb.persists, MAX_PERSIST);
  tcb.timers.add(tcb, tcb.persistAt);
}

/** Asks for the window: with one byte where it is closed, else with as much as it takes. */
export function probe(tcb: Tcb, now: i64): void {
  tcb.persistAt = NEVER;
  if (tcb.persists < 16) tcb.persists++;
  if (tcb.sndWnd > 0) {
    if (!output(tcb, now, true)) startPersist(tcb, now);
    return;
  }
  probes.add();
  const size = min(tcb.outgoing.used, 1);
  transmit(tcb, tcb.sndUna, size, size ? ACK | PSH : ACK | FIN, now);
  const end = tcb.sndUna + 1;
  if (isAfter(end, tcb.sndMax)) tcb.sndMax = end;
  startPersist(tcb, now);
}
