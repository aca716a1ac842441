// The options of a header (RFC 9293 section 3.2, RFC 7323, RFC 2018). Those of a wrong length end the list: what stands before them
// counts, and nothing is read beyond it (MUST-7).

import { get16, get32, put16, put32 } from "../bytes";
import { Segment } from "./segment";

const END: u32 = 0;
const NOTHING: u32 = 1;
const MSS: u32 = 2;
const SCALE: u32 = 3;
const SACK_PERMITTED: u32 = 4;
const SACK: u32 = 5;
const TIMESTAMPS: u32 = 8;

/** NOP, NOP, and the head of timestamps, as they lie in memory: how everybody sends them (RFC 7323 appendix A). */
const TIMESTAMPS_ALIGNED: u32 = 0x0a080101;
/** Bytes of timestamps, aligned. */
export const TIMESTAMPS_SIZE: i32 = 12;

/** The largest shift of a window (RFC 7323 section 2.3). */
const MAX_SCALE: u32 = 14;

/** Bytes of a block of SACK, and of the option's head, aligned. */
export const BLOCK: i32 = 8;
export const SACK_HEAD: i32 = 4;

/** What the options of a SYN say. */
export let offeredMss: i32 = 0;
/** -1: windows are not scaled. */
export let offeredScale: i32 = -1;
export let offeredSack: bool = false;

/** Reads what other segments than SYN have: timestamps, and perhaps SACK. */
// @ts-ignore: decorator
@inline
export function readTimestamps(segment: Segment): void {
  const at = segment.options;
  if (segment.optionsSize == TIMESTAMPS_SIZE && load<u32>(at) == TIMESTAMPS_ALIGNED) {
    segment.hasTimestamp = true;
    segment.timestamp = get32(at + 4);
    segment.echo = get32(at + 8);
  } else readOptions(segment);
}

/** Reads all options. An MSS of 0: there was none. */
export function readOptions(segment: Segment): void {
  segment.hasTimestamp = false;
  offeredMss = 0;
  offeredScale = -1;
  offeredSack = false;
  let at = segment.options;
  const end = at + <usize>segment.optionsSize;
  while (at < end) {
    const kind: u32 = load<u8>(at);
    if (kind == END) return;
    if (kind == NOTHING) {
      at++;
      continue;
    }
    if (at + 1 == end) return;
    const size: u32 = load<u8>(at, 1);
    if (size < 2 || at + size > end) return;
    if (kind == MSS && size == 4) offeredMss = get16(at + 2);
    else if (kind == SCALE && size == 3) offeredScale = min<u32>(load<u8>(at, 2), MAX_SCALE);
    else if (kind == TIMESTAMPS && size == 10) {
      segment.hasTimestamp = true;
      segment.timestamp = get32(at + 2);
      segment.echo = get32(at + 6);
    }
    else if (kind == SACK_PERMITTED && size == 2) offeredSack = true;
    else if (kind == SACK) {
      segment.blocks = at + 2;
      segment.blockCount = <i32>(size - 2) / BLOCK;
    }
    at += size;
  }
}

// Each writes one option, aligned, and returns where the next one goes.

export function putMss(at: usize, mss: i32): usize {
  store<u16>(at, (4 << 8) | MSS);
  put16(at + 2, mss);
  return at + 4;
}

export function putScale(at: usize, scale: i32): usize {
  store<u32>(at, NOTHING | (SCALE << 8) | (3 << 16) | (<u32>scale << 24));
  return at + 4;
}

export function putSackPermitted(at: usize): usize {
  store<u32>(at, NOTHING | (NOTHING << 8) | (SACK_PERMITTED << 16) | (2 << 24));
  return at + 4;
}

/** Before so many blocks. */
export function putSackHead(at: usize, count: i32): void {
  store<u32>(at, NOTHING | (NOTHING << 8) | (SACK << 16) | (<u32>(2 + count * BLOCK) << 24));
}

// @ts-ignore: decorator
@inline
export function putTimestamps(at: usize, value: u32, echo: u32): usize {
  store<u32>(at, TIMESTAMPS_ALIGNED);
  put32(at + 4, value);
  put32(at + 8, echo);
  return at + TIMESTAMPS_SIZE;
}
