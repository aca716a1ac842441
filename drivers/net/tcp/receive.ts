// The last two checks of RFC 9293 section 3.10.7.4: text and FIN.

import { tuneReceiving } from "./autotune";
import { notKept, outOfOrder } from "./counters";
import { enterTimeWait, finish } from "./finish";
import { FIN, Segment } from "./segment";
import { isAfter } from "./sequence";
import { Cause, State } from "./state";
import { Tcb } from "./tcb";
import { NEVER } from "./timers";
import { transmitReset } from "./transmit";

/** An acknowledgement waits no longer for text that it could go with (section 3.8.6.3: less than 500 ms). */
const DELAY: i64 = 40_000_000;
/** After a loss the other side has little on its way, of which the last is not to wait: so many segments are acknowledged at once. */
const PROMPT: i32 = 16;

export function receive(tcb: Tcb, segment: Segment, now: i64): void {
  // The other side has ended already: it has nothing to say.
  if (tcb.state != State.ESTABLISHED && tcb.state != State.FIN_WAIT_1 && tcb.state != State.FIN_WAIT_2) return;
  if (tcb.finReceived) endAt(tcb, segment);
  if (segment.size) {
    if (!tcb.owner && !tcb.listener) {
      // Nobody will read it, and the other side should know (section 3.6.1, SHLD-3).
      transmitReset(tcb, now);
      finish(tcb, Cause.RESET);
      return;
    }
    if (!keep(tcb, segment, now)) return;
  }
  if (segment.has(FIN) && !tcb.finReceived) {
    tcb.finReceived = true;
    tcb.finSequence = segment.sequence + segment.size;
  }
  if (tcb.finReceived) end(tcb, now);
  if (tcb.wantsBytes && (tcb.incoming.used || tcb.isEnded)) {
    tcb.wantsBytes = false;
    tcb.wake();
  }
}

/** There is nothing behind FIN. */
function endAt(tcb: Tcb, segment: Segment): void {
  segment.size = max(min(segment.size, <i32>(tcb.finSequence - segment.sequence)), 0);
}

/** Puts the text to its place. False: there is none for it, and it will come again. */
function keep(tcb: Tcb, segment: Segment, now: i64): bool {
  const incoming = tcb.incoming;
  const size = segment.size;
  const offset = <i32>(segment.sequence - tcb.rcvNxt);
  const end = incoming.used + offset + size;
  if (end > tcb.rcvBuffer || !incoming.reserve(end)) return false;
  if (offset == 0 && tcb.ranges.count == 0) {
    incoming.put(incoming.used, segment.text, size);
    incoming.used = end;
    tcb.rcvNxt += size;
    tuneReceiving(tcb, segment, now);
    // At least every second segment is acknowledged (section 3.8.6.3).
    if (++tcb.unacknowledged >= 2) tcb.ackNow = true;
    else if (tcb.promptAcks > 0) {
      tcb.promptAcks--;
      tcb.ackNow = true;
    }
    else if (tcb.ackAt == NEVER) {
      tcb.ackAt = now + DELAY;
      tcb.timers.add(tcb, tcb.ackAt);
    }
    return true;
  }
  // The other side is to know of a hole, and of its end, at once (RFC 5681 section 4.2).
  tcb.ackNow = true;
  tcb.promptAcks = PROMPT;
  outOfOrder.add();
  if (tcb.ranges.holds(segment.sequence, segment.sequence + size)) tcb.tellTwice(segment.sequence, size);
  if (!tcb.ranges.insert(segment.sequence, segment.sequence + size, segment.text, incoming, tcb.rcvNxt)) {
    notKept.add();
    return false;
  }
  const next = tcb.ranges.join(tcb.rcvNxt);
  incoming.used += <i32>(next - tcb.rcvNxt);
  tcb.rcvNxt = next;
  return true;
}

/** Once all before FIN is here, the other side has ended. */
function end(tcb: Tcb, now: i64): void {
  if (tcb.isEnded) return;
  // FIN is acknowledged at once, and a hole before it told (RFC 5681 section 4.2).
  tcb.ackNow = true;
  if (isAfter(tcb.finSequence, tcb.rcvNxt)) return;
  tcb.rcvNxt++;
  tcb.isEnded = true;
  tcb.ranges.release();
  if (tcb.state == State.ESTABLISHED) tcb.state = State.CLOSE_WAIT;
  else if (tcb.state == State.FIN_WAIT_1) tcb.state = State.CLOSING;
  else enterTimeWait(tcb, now);
}
