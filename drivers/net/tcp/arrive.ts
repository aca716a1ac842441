// A segment of a connection that is known (RFC 9293 section 3.10.7.4), in the order of its checks.

import { acknowledge } from "./acknowledge";
import { challenge } from "./challenge";
import { old, resetsReceived, unacceptable } from "./counters";
import { finish, restartTimeWait } from "./finish";
import { arriveInSynSent } from "./handshake";
import { readOptions, readTimestamps } from "./options";
import { output } from "./output";
import { receive } from "./receive";
import { ACK, FIN, PSH, RST, Segment, SYN } from "./segment";
import { isAfter, isBefore } from "./sequence";
import { Cause, State } from "./state";
import { Tcb } from "./tcb";
import { transmitSyn } from "./transmit";

/** A timestamp is worth nothing after so long: its clock may have gone once around (RFC 7323 section 5.5). */
const TIMESTAMP_LIFE: i64 = 24 * 86_400_000_000_000;

export function arrive(tcb: Tcb, segment: Segment, now: i64): void {
  if (tcb.state == State.SYN_SENT) arriveInSynSent(tcb, segment, now);
  else process(tcb, segment, now);
  if (tcb.state == State.CLOSED) return;
  const waits = tcb.ackNow || tcb.board.lost > 0 || tcb.outgoing.used > tcb.flight || tcb.finQueued;
  if (waits && !output(tcb, now)) tcb.pend();
}

function process(tcb: Tcb, segment: Segment, now: i64): void {
  const sequence = segment.sequence;
  if (tcb.timestamps) {
    readTimestamps(segment);
    if (!segment.has(RST) && !isNew(tcb, segment, now)) return;
  } else if (tcb.sack && segment.optionsSize) readOptions(segment);
  // What comes in order of an open connection, as nearly all does, passes all checks of the numbers.
  const isPredicted = sequence == tcb.rcvNxt && (segment.flags & ~PSH) == ACK && tcb.state == State.ESTABLISHED && segment.size <= tcb.rcvWnd;
  if (!isPredicted && !isAcceptable(tcb, segment, now)) return;
  // RFC 7323 section 4.3: the timestamp of the segment that the next acknowledgement is for; it is earlier than the last where that has
  // grown too old (section 5.5).
  if (tcb.timestamps && segment.hasTimestamp && !isAfter(sequence, tcb.lastAck)) {
    tcb.tsRecent = segment.timestamp;
    tcb.tsRecentAt = now;
  }
  if (!acknowledge(tcb, segment, now)) return;
  if (segment.size || segment.has(FIN)) receive(tcb, segment, now);
}

/** PAWS (RFC 7323 section 5): is it from now, and not from an earlier time around the sequence numbers? */
function isNew(tcb: Tcb, segment: Segment, now: i64): bool {
  if (segment.hasTimestamp) {
    if (!isBefore(segment.timestamp, tcb.tsRecent) || now - tcb.tsRecentAt > TIMESTAMP_LIFE) return true;
    // Section 5.3, R1. One without text would only be answered by its like.
    if (segment.length) tcb.ackNow = true;
  }
  old.add();
  return false;
}

/**
 * The first four checks: numbers, RST, security (there is none) and SYN. What lies outside of the window is cut off. False:
 * nothing is left to do.
 */
function isAcceptable(tcb: Tcb, segment: Segment, now: i64): bool {
  if (isAnswer(tcb, segment)) openByAnswer(tcb, segment);
  const window = tcb.rcvWnd;
  const offset = <i32>(segment.sequence - tcb.rcvNxt);
  if (segment.has(RST)) {
    reset(tcb, offset, window, now);
    return false;
  }
  if (segment.has(SYN)) {
    synAgain(tcb, segment, now);
    return false;
  }
  const length = <i32>segment.length;
  // Without text it may stand at the end of the window: what is before it was lost, and what it acknowledges was not.
  if (length ? offset + length <= 0 || offset >= max(window, 1) : offset < 0 || offset > window) {
    unacceptable.add();
    // What was lost of ours is only known when it is said again. One without text is answered sparingly.
    if (length) tcb.ackNow = true;
    else challenge(tcb, now);
    if (offset < 0 && segment.size) tcb.tellTwice(segment.sequence, segment.size);
    if (tcb.state == State.TIME_WAIT && segment.has(FIN)) restartTimeWait(tcb, now);
    return false;
  }
  cut(tcb, segment, offset, window);
  return true;
}

/** Leaves what is new and has room. */
function cut(tcb: Tcb, segment: Segment, offset: i32, window: i32): void {
  if (offset < 0) {
    segment.text -= offset;
    segment.size += offset;
    segment.sequence -= offset;
    offset = 0;
    // Part of it has been here.
    tcb.ackNow = true;
  }
  if (offset + segment.size <= window) return;
  // A probe of a closed window: its acknowledgement counts (section 3.8.6.1).
  segment.size = max(window - offset, 0);
  segment.flags &= ~FIN;
  tcb.ackNow = true;
}

/** RFC 5961 section 3.2: only one at the very next number is believed. */
function reset(tcb: Tcb, offset: i32, window: i32, now: i64): void {
  if (offset != 0) {
    if (offset > 0 && offset < window) challenge(tcb, now);
    return;
  }
  resetsReceived.add();
  if (tcb.state == State.SYN_RECEIVED) finish(tcb, tcb.listener ? Cause.NONE : Cause.REFUSED);
  else finish(tcb, tcb.state == State.TIME_WAIT || tcb.state == State.LAST_ACK || tcb.state == State.CLOSING ? Cause.NONE : Cause.RESET);
}

/** Both have opened at the same time: is it the other side's SYN once more, now as an answer to ours (RFC 9293 section 3.5, figure 7, line 6)? */
function isAnswer(tcb: Tcb, segment: Segment): bool {
  const isRight = segment.sequence == tcb.irs && segment.acknowledgement == tcb.sndNxt;
  return tcb.state == State.SYN_RECEIVED && (segment.flags & (SYN | ACK | RST)) == (SYN | ACK) && isRight;
}

/** What is left of it is an acknowledgement that opens. It is answered, since ours may have been lost. */
function openByAnswer(tcb: Tcb, segment: Segment): void {
  segment.flags &= ~SYN;
  segment.sequence++;
  // The window of a SYN is not scaled.
  segment.window >>= <u32>max(tcb.sndScale, 0);
  tcb.ackNow = true;
}

/** RFC 5961 section 4.2, but for the other side's SYN once more, whose answer was lost. */
function synAgain(tcb: Tcb, segment: Segment, now: i64): void {
  challenge(tcb, now);
  if (tcb.state == State.SYN_RECEIVED && segment.sequence == tcb.irs && !segment.has(ACK) && tcb.ackNow) {
    tcb.ackNow = false;
    transmitSyn(tcb, now);
  }
}
