// How a connection opens: what comes in LISTEN, SYN_SENT and SYN_RECEIVED (RFC 9293 sections 3.10.7.2 to 3.10.7.4).

import { startTuning } from "./autotune";
import { sendCookie } from "./cookie";
import { accepted, notAccepted, opened, resetsReceived } from "./counters";
import { finish } from "./finish";
import { Listener } from "./listener";
import { offeredMss, offeredSack, offeredScale, readOptions, TIMESTAMPS_SIZE } from "./options";
import { startRetransmit } from "./output";
import { refuse } from "./refuse";
import { ACK, HEADER, RST, Segment, SYN } from "./segment";
import { Cause, State } from "./state";
import { Tcb } from "./tcb";
import { Tcp } from "./tcp";
import { NEVER } from "./timers";
import { transmitSyn } from "./transmit";
import { isV4 } from "../ip";
import { SCALE, startWindow } from "./window";

/** Where nothing is said (RFC 9293 section 3.7.1). */
const DEFAULT_MSS_V4: i32 = 536;
const DEFAULT_MSS_V6: i32 = 1220;
/** Text of a segment is not less, whatever is said: segments of a byte each would cost this side more than the other one. */
const MIN_MSS: i32 = 48;

/** A SYN for a port at which somebody listens. */
export function arriveInListen(tcp: Tcp, listener: Listener, segment: Segment, iss: u32, now: i64): void {
  if (listener.ready.length >= listener.backlog) {
    notAccepted.add();
    return;
  }
  if (listener.halfOpen.length >= listener.backlog) {
    sendCookie(tcp, listener, segment, now);
    return;
  }
  const tcb = tcp.create(segment.fromHigh, segment.fromLow, segment.toHigh, segment.toLow, segment.ports, iss, now);
  tcb.listener = changetype<usize>(listener);
  listener.halfOpen.push(tcb);
  tcb.state = State.SYN_RECEIVED;
  heedSyn(tcb, segment, now);
  beginOpening(tcb, now);
}

/** Sends the first SYN. */
export function beginActive(tcb: Tcb, now: i64): void {
  tcb.state = State.SYN_SENT;
  beginOpening(tcb, now);
}

function beginOpening(tcb: Tcb, now: i64): void {
  tcb.isTimed = true;
  tcb.timedAt = now;
  startRetransmit(tcb, now);
  transmitSyn(tcb, now);
}

export function arriveInSynSent(tcb: Tcb, segment: Segment, now: i64): void {
  const hasAck = segment.has(ACK);
  if (hasAck && segment.acknowledgement != tcb.sndNxt) {
    if (!segment.has(RST)) refuse(tcb.tcp, segment, now);
    return;
  }
  if (segment.has(RST)) {
    // Without an acknowledgement anybody could have sent it.
    if (!hasAck) return;
    resetsReceived.add();
    finish(tcb, Cause.REFUSED);
    return;
  }
  if (!segment.has(SYN)) return;
  heedSyn(tcb, segment, now);
  if (hasAck) {
    establish(tcb, segment, now);
    tcb.ackNow = true;
    return;
  }
  // Both have opened at the same time.
  tcb.state = State.SYN_RECEIVED;
  tcb.stopTiming(now);
  transmitSyn(tcb, now);
}

/** How much text the other side takes in a segment, by the options of its SYN. */
export function offeredSize(segment: Segment): i32 {
  return max(offeredMss ? offeredMss : isV4(segment.fromHigh, segment.fromLow) ? DEFAULT_MSS_V4 : DEFAULT_MSS_V6, MIN_MSS);
}

/** Takes over what the other side's SYN says. Text and FIN in it come again, since they are not acknowledged. */
function heedSyn(tcb: Tcb, segment: Segment, now: i64): void {
  readOptions(segment);
  tcb.irs = segment.sequence;
  tcb.rcvNxt = segment.sequence + 1;
  tcb.lastAck = tcb.rcvNxt;
  startWindow(tcb);
  tcb.peerMss = offeredSize(segment);
  tcb.sndScale = offeredScale;
  tcb.rcvScale = offeredScale < 0 ? 0 : SCALE;
  tcb.sack = offeredSack;
  tcb.timestamps = segment.hasTimestamp;
  tcb.tsRecent = segment.timestamp;
  tcb.tsRecentAt = now;
  // The window of a SYN is not scaled.
  tcb.sndWnd = segment.window;
  tcb.sndMaxWnd = tcb.sndWnd;
  tcb.sndWl1 = segment.sequence;
  tcb.sndWl2 = segment.acknowledgement;
}

/** SYN_RECEIVED is over. False: the listener has no room, and the other side will ask again. */
export function establishPassive(tcb: Tcb, segment: Segment, now: i64): bool {
  if (!tcb.listener) {
    establish(tcb, segment, now);
    return true;
  }
  const listener = changetype<Listener>(tcb.listener);
  if (listener.ready.length >= listener.backlog) {
    notAccepted.add();
    return false;
  }
  listener.halfOpen.remove(tcb);
  listener.ready.push(tcb);
  accepted.add();
  establish(tcb, segment, now);
  const waiter = listener.waiter;
  if (waiter) waiter.wake();
  return true;
}

/** Our SYN is acknowledged. */
function establish(tcb: Tcb, segment: Segment, now: i64): void {
  tcb.state = tcb.finQueued ? State.FIN_WAIT_1 : State.ESTABLISHED;
  tcb.sndUna = tcb.iss + 1;
  tcb.retransmitAt = NEVER;
  tcb.heardAt = now;
  if (tcb.isTimed) tcb.rtt.sample(now - tcb.timedAt);
  else if (tcb.lostSyn) tcb.rtt.afterLostSyn();
  tcb.isTimed = false;
  fitPath(tcb);
  startTuning(tcb, now);
  tcb.congestion.begin(tcb.mss, tcb.lostSyn, tcb.iss);
  if (tcb.keepaliveIdle) tcb.startKeepalive(now);
  opened.add();
  tcb.wake();
}

/** Text of a segment: what the other side and the path take (RFC 9293 section 3.7.1, RFC 6691). */
export function fitPath(tcb: Tcb): void {
  const room = tcb.tcp.ip.room(tcb.remoteHigh, tcb.remoteLow) - HEADER;
  tcb.mss = max(min(tcb.peerMss, room) - (tcb.timestamps ? TIMESTAMPS_SIZE : 0), 1);
}
