// One segment on its way to IP.

import { put16, put32, swap16 } from "../bytes";
import { fold, sum } from "../checksum";
import { TCP } from "../ip";
import { sent } from "./counters";
import { BLOCK, putMss, putSackHead, putSackPermitted, putScale, putTimestamps, SACK_HEAD, TIMESTAMPS_SIZE } from "./options";
import { ACK, ACKNOWLEDGEMENT, CHECKSUM, HEADER, RST, SEQUENCE, SIZE_AND_FLAGS, SYN, WINDOW } from "./segment";
import { State } from "./state";
import { Tcb } from "./tcb";
import { TICK_SHIFT } from "./ticks";
import { NEVER } from "./timers";
import { SCALE, tellFirstWindow, tellWindow } from "./window";

/** Blocks that a header has room for, with timestamps and without (RFC 2018 section 3). */
const BLOCKS_BESIDE_TIMESTAMPS: i32 = 3;
const MAX_BLOCKS: i32 = 4;
const MAX_SACK: i32 = SACK_HEAD + MAX_BLOCKS * BLOCK;

/** TSval of a segment that is sent now. */
// @ts-ignore: decorator
@inline
export function timestampNow(tcb: Tcb, now: i64): u32 {
  return <u32>(now >> TICK_SHIFT) + tcb.tsOffset;
}

/**
 * Sends a segment with `size` bytes of what is outgoing, from `sequence` on. It acknowledges what has come. False: it could
 * not go out now.
 */
export function transmit(tcb: Tcb, sequence: u32, size: i32, flags: u32, now: i64): bool {
  const ip = tcb.tcp.ip;
  const packet = ip.buffer(tcb.remoteHigh, tcb.remoteLow, HEADER + TIMESTAMPS_SIZE + MAX_SACK + size);
  let text = packet + HEADER;
  if (tcb.timestamps) text = putTimestamps(text, timestampNow(tcb, now), tcb.tsRecent);
  if (tcb.sack && (tcb.ranges.count || tcb.twiceStart != tcb.twiceEnd) && size + MAX_SACK <= tcb.mss) text = putSacks(tcb, text);
  if (size) tcb.outgoing.get(<i32>(sequence - tcb.sndUna), text, size);
  const window = tellWindow(tcb);
  const header = <i32>(text - packet);
  // A segment from before the connection is reset tells nothing that counts.
  if (!send(tcb, packet, header, header + size, sequence, flags, window, now)) return false;
  tcb.lastAck = tcb.rcvNxt;
  tcb.unacknowledged = 0;
  tcb.ackNow = false;
  tcb.ackAt = NEVER;
  return true;
}

/** Tells what has arrived behind a hole, and first what has come twice (RFC 2883 section 4). */
function putSacks(tcb: Tcb, at: usize): usize {
  const blocks = at + SACK_HEAD;
  let count = 0;
  if (tcb.twiceStart != tcb.twiceEnd) {
    put32(blocks, tcb.twiceStart);
    put32(blocks + 4, tcb.twiceEnd);
    tcb.twiceStart = tcb.twiceEnd;
    count = 1;
  }
  const most = tcb.timestamps ? BLOCKS_BESIDE_TIMESTAMPS : MAX_BLOCKS;
  count += tcb.ranges.tell(blocks + <usize>(count * BLOCK), most - count);
  putSackHead(at, count);
  return blocks + <usize>(count * BLOCK);
}

/** Sends SYN, and in SYN_RECEIVED its acknowledgement, with what this side can do (RFC 9293 section 3.2). */
export function transmitSyn(tcb: Tcb, now: i64): bool {
  const ip = tcb.tcp.ip;
  const packet = ip.buffer(tcb.remoteHigh, tcb.remoteLow, HEADER + 24);
  let end = putMss(packet + HEADER, tcb.rcvMss);
  const isFirst = tcb.state == State.SYN_SENT;
  // An answer offers only what was offered (RFC 7323 sections 2.2 and 3.2).
  if (isFirst || tcb.sndScale >= 0) end = putScale(end, SCALE);
  if (isFirst || tcb.sack) end = putSackPermitted(end);
  if (isFirst || tcb.timestamps) end = putTimestamps(end, timestampNow(tcb, now), tcb.tsRecent);
  const header = <i32>(end - packet);
  return send(tcb, packet, header, header, tcb.iss, isFirst ? SYN : SYN | ACK, tellFirstWindow(tcb), now);
}

/** Says that the connection is given up (RFC 9293 section 3.10.5). */
export function transmitReset(tcb: Tcb, now: i64): void {
  const packet = tcb.tcp.ip.buffer(tcb.remoteHigh, tcb.remoteLow, HEADER + TIMESTAMPS_SIZE);
  const end = tcb.timestamps ? putTimestamps(packet + HEADER, timestampNow(tcb, now), tcb.tsRecent) : packet + HEADER;
  const header = <i32>(end - packet);
  send(tcb, packet, header, header, tcb.emptySequence, RST | ACK, 0, now);
}

// @ts-ignore: decorator
@inline
function send(tcb: Tcb, packet: usize, header: i32, size: i32, sequence: u32, flags: u32, window: i32, now: i64): bool {
  store<u32>(packet, rotl(tcb.ports, 16));
  put32(packet + SEQUENCE, sequence);
  put32(packet + ACKNOWLEDGEMENT, flags & ACK ? tcb.rcvNxt : 0);
  store<u16>(packet, <u16>((header << 2) | (flags << 8)), SIZE_AND_FLAGS);
  put16(packet + WINDOW, window);
  // The urgent pointer, too.
  store<u32>(packet, 0, CHECKSUM);
  store<u16>(packet, <u16>~fold(sum(packet, size, tcb.pseudo + (<u64>swap16(size)))), CHECKSUM);
  sent.add();
  return tcb.tcp.ip.send(tcb.localHigh, tcb.localLow, tcb.remoteHigh, tcb.remoteLow, TCP, size, now);
}
