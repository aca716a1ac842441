// Recovery where the other side tells which segments have arrived (RFC 2018): what is lost is found by time (RFC 8985), and sent
// again as others arrive (RFC 6937).

import { get32 } from "../bytes";
import { recoveries, tailProbes } from "./counters";
import { BLOCK } from "./options";
import { output, resend, startRetransmit } from "./output";
import { Segment } from "./segment";
import { isAfter, isBefore, later } from "./sequence";
import { Tcb } from "./tcb";
import { NEVER } from "./timers";
import { timestampNow } from "./transmit";

/** How long an acknowledgement of one segment alone may wait (RFC 8985 section 7.2). */
const DELAYED: i64 = 200_000_000;

/** Reads what an acknowledgement says has arrived. What it says of anything else counts for nothing. */
export function heed(tcb: Tcb, segment: Segment, now: i64): void {
  const board = tcb.board;
  const ack = segment.acknowledgement;
  board.begin(tcb.timestamps && segment.hasTimestamp, segment.echo - tcb.tsOffset);
  if (isAfter(ack, tcb.sndUna)) board.acknowledge(ack, now);
  const from = later(ack, tcb.sndUna);
  for (let i = 0; i < segment.blockCount; i++) {
    const at = segment.blocks + <usize>(i * BLOCK);
    const start = get32(at);
    const end = get32(at + 4);
    if (isBefore(start, end) && !isBefore(start, from) && !isAfter(end, tcb.sndMax)) board.sack(start, end, now);
  }
  if (tcb.tailProbed && !isBefore(ack, tcb.tailEnd)) endProbe(tcb, segment);
}

/** Then does about it what is to be done. */
export function recover(tcb: Tcb, now: i64): void {
  const board = tcb.board;
  const congestion = tcb.congestion;
  if (congestion.isRecovering && !isBefore(tcb.sndUna, congestion.recover)) congestion.endProportional();
  tcb.lossAt = NEVER;
  if (board.isTroubled) {
    const before = board.lost;
    const wait = board.detect(congestion.isRecovering, tcb.rtt.smoothed, now);
    if (wait) {
      tcb.lossAt = now + wait;
      tcb.timers.add(tcb, tcb.lossAt);
    }
    // What a timeout has sent again already is of the same loss.
    if (board.lost > before && !congestion.isRecovering && !isBefore(tcb.sndUna, congestion.recover)) {
      recoveries.add();
      tcb.tailProbed = false;
      congestion.enterProportional(tcb.flight, tcb.mss, tcb.sndMax);
      startRetransmit(tcb, now);
    }
  }
  if (congestion.isRecovering) congestion.proportion(board.delivered, tcb.pipe, tcb.mss);
}

/** Time has shown that something is lost (section 6.3). */
export function recoverLate(tcb: Tcb, now: i64): void {
  tcb.board.begin(false, 0);
  recover(tcb, now);
  if (!output(tcb, now)) tcb.pend();
}

/**
 * After which pause the last segment is sent once more, since nothing behind it could tell that it was lost (section 7.2); 0: it
 * is not.
 */
export function tailPause(tcb: Tcb): i64 {
  const congestion = tcb.congestion;
  if (!tcb.sack || tcb.tailProbed || !tcb.rtt.smoothed || tcb.rtt.backoff || congestion.isRecovering || congestion.hasTimedOut || tcb.board.isTroubled) return 0;
  return (tcb.rtt.smoothed << 1) + (tcb.flight <= tcb.mss ? DELAYED : 0);
}

/** Sends it (section 7.3). */
export function probeTail(tcb: Tcb, now: i64): void {
  tcb.tailProbed = true;
  tcb.tailProbedAt = now;
  tcb.tailEnd = tcb.sndMax;
  tailProbes.add();
  const length = tcb.board.takeLast(tcb.mss);
  if (length) resend(tcb, length, now);
  startRetransmit(tcb, now);
}

/** The first answer to it: if it is one to the copy, the other one was lost, though nobody else has told (section 7.4). */
function endProbe(tcb: Tcb, segment: Segment): void {
  tcb.tailProbed = false;
  if (!tcb.timestamps || !segment.hasTimestamp || isBefore(segment.echo, timestampNow(tcb, tcb.tailProbedAt))) return;
  tcb.congestion.enterProportional(tcb.flight, tcb.mss, tcb.sndMax);
  tcb.congestion.endProportional();
}
