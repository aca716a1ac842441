// SYN cookies (RFC 4987 section 3.6): where a listener has no room for one more half-open connection, all that has to be known of it
// is in the initial sequence number of the answer, and in its timestamp. Nothing is kept: an honest peer's acknowledgement brings it back.
//
//   cookie - client's number - blind  =  │ 31..24 slot of time │ 23..0 keyed hash, + index of the MSS << 21 │
//   timestamp of the answer           =  │ 31..5 clock │ 4 SACK-permitted │ 3..0 window scale, 15: none │

import { answer } from "./answer";
import { arrive } from "./arrive";
import { cookiesFailed, cookiesReceived, cookiesSent, notAccepted } from "./counters";
import { offeredSize } from "./handshake";
import { Listener } from "./listener";
import { offeredSack, offeredScale, putMss, putSackPermitted, putScale, putTimestamps, readOptions } from "./options";
import { COOKIE, COOKIE_SLOT } from "./secret";
import { ACK, HEADER, Segment, SYN } from "./segment";
import { isAfter } from "./sequence";
import { State } from "./state";
import { Tcp } from "./tcp";
import { TICK_SHIFT } from "./ticks";
import { FIRST_WINDOW, SCALE, startWindow } from "./window";

/** A slot of time has 2^36 ns, which is 69 s; a cookie of the slot before counts, too. */
const SLOT_SHIFT: i64 = 36;
/** A listener that has sent none for so long hears none. */
const LIFE: i64 = 2 << SLOT_SHIFT;
const HASH_MASK: u32 = 0xffffff;
/** Where in that the index stands, so that a number which is off by a few is none. */
const INDEX_SHIFT: u32 = 21;

/** What a cookie can say of the MSS: the largest of these that is not more than what was offered (the first one is MIN_MSS). */
const SIZES: StaticArray<i32> = [48, 536, 1220, 1360, 1420, 1440, 1460, 8940];

const TOO_EARLY: i32 = -1;
const NO_SCALE: u32 = 15;
const SACK_BIT: u32 = 16;
const BITS: u32 = 31;

/** Of a segment's addresses and ports. */
function hash(tcp: Tcp, segment: Segment, use: u32): u32 {
  return <u32>tcp.secret.hash(segment.fromHigh, segment.fromLow, segment.toHigh, segment.toLow, segment.ports, use);
}

/** Answers a SYN by a cookie. */
export function sendCookie(tcp: Tcp, listener: Listener, segment: Segment, now: i64): void {
  readOptions(segment);
  const size = offeredSize(segment);
  let index = SIZES.length - 1;
  while (unchecked(SIZES[index]) > size) index--;
  const slot = <u32>(now >> SLOT_SHIFT);
  const cookie = hash(tcp, segment, COOKIE) + segment.sequence + (slot << 24) + ((hash(tcp, segment, COOKIE_SLOT | slot) + (index << INDEX_SHIFT)) & HASH_MASK);
  const packet = tcp.ip.buffer(segment.fromHigh, segment.fromLow, HEADER + 24);
  let end = putMss(packet + HEADER, tcp.ip.roomIn(segment.fromHigh, segment.fromLow) - HEADER);
  // Without a timestamp nothing of this could be remembered.
  if (segment.hasTimestamp) {
    if (offeredScale >= 0) end = putScale(end, SCALE);
    if (offeredSack) end = putSackPermitted(end);
    const clock = <u32>(now >> TICK_SHIFT) + tcp.timestampOffset(segment.fromHigh, segment.fromLow, segment.toHigh, segment.toLow, segment.ports);
    const bits = (offeredScale < 0 ? NO_SCALE : <u32>offeredScale) | (offeredSack ? SACK_BIT : 0);
    let value = (clock & ~BITS) | bits;
    // Later ones are not before it.
    if (isAfter(value, clock)) value -= BITS + 1;
    end = putTimestamps(end, value, segment.timestamp);
  }
  cookiesSent.add();
  listener.cookiesUntil = now + LIFE;
  answer(tcp, segment, packet, <i32>(end - packet), cookie, segment.sequence + 1, SYN | ACK, FIRST_WINDOW, now);
}

/**
 * What an acknowledgement's cookie says of the MSS; 0: it has none of ours; `TOO_EARLY`: it is of the first window, whose beginning,
 * which brings the cookie, has not come.
 */
function mssIn(tcp: Tcp, segment: Segment, now: i64): i32 {
  const rest = segment.acknowledgement - segment.sequence - hash(tcp, segment, COOKIE);
  let mss = 0;
  for (let age: u32 = 0; age < 2; age++) {
    const slot = <u32>(now >> SLOT_SHIFT) - age;
    const bits = rest - (slot << 24);
    // It is less by what is missing.
    if (bits + <u32>FIRST_WINDOW > HASH_MASK + <u32>FIRST_WINDOW) continue;
    const index: u32 = (bits - hash(tcp, segment, COOKIE_SLOT | slot)) & HASH_MASK;
    const missing: u32 = (0 - index) & ((<u32>1 << INDEX_SHIFT) - 1);
    if (!missing) return unchecked(SIZES[index >> INDEX_SHIFT]);
    if (missing <= <u32>FIRST_WINDOW) mss = TOO_EARLY;
  }
  return mss;
}

/** An acknowledgement to a listener that has sent cookies. It opens a connection if it brings one back; false: it is to be refused. */
export function arriveWithCookie(tcp: Tcp, listener: Listener, segment: Segment, now: i64): bool {
  const mss = mssIn(tcp, segment, now);
  if (!mss) {
    cookiesFailed.add();
    return false;
  }
  // It comes again, behind what is missing: a reset would end an honest connection.
  if (mss == TOO_EARLY) return true;
  if (listener.ready.length >= listener.backlog) {
    // It comes again with what is said next.
    notAccepted.add();
    return true;
  }
  cookiesReceived.add();
  readOptions(segment);
  const tcb = tcp.create(segment.fromHigh, segment.fromLow, segment.toHigh, segment.toLow, segment.ports, segment.acknowledgement - 1, now);
  tcb.listener = changetype<usize>(listener);
  listener.halfOpen.push(tcb);
  tcb.state = State.SYN_RECEIVED;
  tcb.irs = segment.sequence - 1;
  tcb.rcvNxt = segment.sequence;
  tcb.lastAck = tcb.rcvNxt;
  startWindow(tcb);
  tcb.peerMss = mss;
  if (segment.hasTimestamp) {
    const scale = segment.echo & NO_SCALE;
    if (scale != NO_SCALE) {
      tcb.sndScale = scale;
      tcb.rcvScale = SCALE;
    }
    tcb.sack = (segment.echo & SACK_BIT) != 0;
    tcb.timestamps = true;
    tcb.tsRecent = segment.timestamp;
    tcb.tsRecentAt = now;
  }
  tcb.sndWl1 = tcb.irs;
  tcb.sndWl2 = tcb.iss;
  arrive(tcb, segment, now);
  return true;
}
