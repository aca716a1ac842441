// A segment's header (RFC 9293 section 3.1).
//
//    0 source port        2 destination port
//    4 sequence number
//    8 acknowledgement number
//   12 size / 4 in the upper half │ 13 flags       14 window
//   16 checksum                   18 urgent pointer
//   20 options, text

import { get16, get32 } from "../bytes";

export const SEQUENCE: usize = 4;
export const ACKNOWLEDGEMENT: usize = 8;
export const SIZE_AND_FLAGS: usize = 12;
export const WINDOW: usize = 14;
export const CHECKSUM: usize = 16;
/** Bytes without options. */
export const HEADER: i32 = 20;
export const MAX_HEADER: i32 = 60;

export const FIN: u32 = 1;
export const SYN: u32 = 2;
export const RST: u32 = 4;
export const PSH: u32 = 8;
export const ACK: u32 = 16;

/** A segment that has arrived. Raw memory: it is the same one for all. */
@unmanaged
export class Segment {
  fromHigh: u64;
  fromLow: u64;
  toHigh: u64;
  toLow: u64;
  /** As they lie in memory: the sender's in the lower half. */
  ports: u32;
  sequence: u32;
  acknowledgement: u32;
  flags: u32;
  /** Not scaled. */
  window: u32;
  /** Its bytes, and how many. */
  text: usize;
  size: i32;
  options: usize;
  optionsSize: i32;
  /** Of its timestamps option, where it has one (options.ts). */
  hasTimestamp: bool;
  timestamp: u32;
  echo: u32;
  /** Of its SACK option: pairs of sequence numbers, and how many. */
  blocks: usize;
  blockCount: i32;

  /** Reads the header of `size` bytes at `packet`. False: they are no segment. */
  parse(packet: usize, size: i32): bool {
    if (size < HEADER) return false;
    const header = <i32>(load<u8>(packet, SIZE_AND_FLAGS) >> 4) << 2;
    if (header < HEADER || header > size) return false;
    this.ports = load<u32>(packet);
    this.sequence = get32(packet + SEQUENCE);
    this.acknowledgement = get32(packet + ACKNOWLEDGEMENT);
    this.flags = load<u8>(packet, SIZE_AND_FLAGS + 1);
    this.window = get16(packet + WINDOW);
    this.text = packet + header;
    this.size = size - header;
    this.options = packet + HEADER;
    this.optionsSize = header - HEADER;
    this.blockCount = 0;
    return true;
  }

  has(flag: u32): bool {
    return (this.flags & flag) != 0;
  }

  /** Sequence numbers that it takes: SYN and FIN have one each. */
  get length(): u32 {
    return <u32>this.size + ((this.flags >> 1) & 1) + (this.flags & 1);
  }

  get toPort(): u16 {
    return bswap<u16>(<u16>(this.ports >> 16));
  }
}
