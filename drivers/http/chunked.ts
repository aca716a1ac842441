// The chunked coding: RFC 9112 section 7.1. It knows no flow, thread or clock.

import { readHex } from "mirage-wasm/number";
import { isOf, isSpace, skip, TOKEN, VALUE } from "./characters";

const CR: u32 = 0x0d;
const LF: u32 = 0x0a;
/** Hexadecimal digits of a chunk's size. */
const MAX_DIGITS: i32 = 15;
/** The most bytes of a message's extensions of chunks, all together, and of its trailer. */
const MAX_EXTENSION: i32 = 8192;
const MAX_TRAILER: i32 = 8192;

enum At {
  /** The first digit of a size, the others, and spaces behind them. */
  SIZE,
  DIGITS,
  BLANK,
  EXTENSION,
  SIZE_LF,
  DATA,
  DATA_CR,
  DATA_LF,
  /** The first byte of a line behind the last chunk, the name there and the value. */
  TRAILER,
  NAME,
  FIELD,
  FIELD_LF,
  LAST_LF,
  END,
}

/** Takes a body out of its chunks. */
export class Chunked {
  /** Of what `decode` was given last: the bytes it has read and those it has written. */
  taken: i32 = 0;
  made: i32 = 0;
  private at: At = At.SIZE;
  /** Of the chunk. */
  private left: i64 = 0;
  private digits: i32 = 0;
  private extension: i32 = 0;
  private trailer: i32 = 0;

  begin(): void {
    this.at = At.SIZE;
    this.extension = this.trailer = 0;
  }

  /** All of the body, and what follows it, is read. */
  get isEnded(): bool {
    return this.at == At.END;
  }

  /** Reads from `size` bytes at `from`, and writes to `room` at `to`, which may be the same place. False: they are no chunks. */
  decode(from: usize, size: i32, to: usize, room: i32): bool {
    let at = from;
    const end = from + size;
    this.made = 0;
    while (at < end && this.at != At.END) {
      if (this.at == At.DATA) {
        const count = <i32>min<i64>(this.left, min(<i32>(end - at), room - this.made));
        if (!count) break;
        memory.copy(to + this.made, at, count);
        at += count;
        this.made += count;
        this.left -= count;
        if (!this.left) this.at = At.DATA_CR;
      } else if (!this.step(load<u8>(at++))) return false;
    }
    this.taken = <i32>(at - from);
    return true;
  }

  private step(byte: u32): bool {
    switch (this.at) {
      case At.SIZE:
        this.left = this.digits = 0;
        this.at = At.DIGITS;
        return this.digit(byte);
      case At.DIGITS:
        if (this.digit(byte)) return true;
        if (readHex(byte) >= 0) return false;
        if (!isSpace(byte)) return this.afterSize(byte);
        this.at = At.BLANK;
        return true;
      case At.BLANK:
        // Spaces may stand before an extension, and nowhere else.
        if (isSpace(byte)) return ++this.extension < MAX_EXTENSION;
        return byte == 0x3b && this.afterSize(byte);
      case At.EXTENSION:
        if (byte == CR) return this.afterSize(byte);
        return isOf(VALUE, byte) && ++this.extension < MAX_EXTENSION;
      case At.SIZE_LF:
        this.at = this.left ? At.DATA : At.TRAILER;
        return byte == LF;
      case At.DATA_CR:
        this.at = At.DATA_LF;
        return byte == CR;
      case At.DATA_LF:
        this.at = At.SIZE;
        return byte == LF;
      default:
        return this.inTrailer(byte);
    }
  }

  private digit(byte: u32): bool {
    const digit = readHex(byte);
    if (digit < 0 || this.digits == MAX_DIGITS) return false;
    this.digits++;
    this.left = (this.left << 4) | digit;
    return true;
  }

  private afterSize(byte: u32): bool {
    this.at = byte == CR ? At.SIZE_LF : At.EXTENSION;
    return byte == CR || byte == 0x3b;
  }

  /** Fields whose lines must be right; nobody is told what they say. */
  private inTrailer(byte: u32): bool {
    if (++this.trailer > MAX_TRAILER) return false;
    switch (this.at) {
      case At.TRAILER:
        this.at = byte == CR ? At.LAST_LF : At.NAME;
        return byte == CR || isOf(TOKEN, byte);
      case At.NAME:
        if (byte != 0x3a) return isOf(TOKEN, byte);
        this.at = At.FIELD;
        return true;
      case At.FIELD:
        if (byte != CR) return isOf(VALUE, byte);
        this.at = At.FIELD_LF;
        return true;
      case At.FIELD_LF:
        this.at = At.TRAILER;
        return byte == LF;
      default:
        this.at = At.END;
        return byte == LF;
    }
  }
}
