// The head of a message, as it comes: RFC 9112 sections 2 to 6. It knows no flow, thread or clock.

import { hasWord, isOf, isText, isWord, skip, skipSpaces, TOKEN, trimSpaces, VALUE } from "./characters";
import { Fields } from "./fields";

/** The most bytes of a head. */
export const MAX_HEAD: i32 = 16_384;
/** The most bytes of a start line: RFC 9112 section 3 asks for 8000 at least. */
export const MAX_START: i32 = 8192;
/** Empty lines that may stand before it: RFC 9112 section 2.2. */
const MAX_EMPTY: i32 = 4;

const CR: u32 = 0x0d;
const LF: u32 = 0x0a;
const COLON: u32 = 0x3a;

/** What `parse` answers while the end has not come. */
export const MORE: i32 = 0;

/** The first byte of `byte` from `at` on, or `end`. */
export function find(byte: u32, at: usize, end: usize): usize {
  while (at < end && load<u8>(at) != byte) at++;
  return at;
}

export abstract class Head {
  readonly fields: Fields = new Fields();
  /** Of HTTP/1: 0 or 1. */
  minor: i32 = 0;
  /** RFC 9112 section 6.2; -1: it does not say. */
  length: i64 = -1;
  isChunked: bool = false;
  /** RFC 9112 section 9.3: the connection ends with this message, or does not. */
  closes: bool = false;
  keeps: bool = false;
  /** Bytes of whole lines, and of those that no line's end is in. */
  private parsed: i32 = 0;
  private searched: i32 = 0;
  private isStarted: bool = false;
  private emptyLines: i32 = 0;

  begin(): void {
    this.fields.count = 0;
    this.minor = 1;
    this.length = -1;
    this.isChunked = this.closes = this.keeps = this.isStarted = false;
    this.parsed = this.searched = this.emptyLines = 0;
  }

  /** Has any of it come, but for empty lines? */
  get isEmpty(): bool {
    return !this.isStarted && this.searched == this.parsed;
  }

  /**
   * Goes on with the head at `at`, of which `size` bytes have come. Returns its size, `MORE` when it has not all come yet, or
   * what is wrong with it: the status for that as a negative number.
   */
  parse(at: usize, size: i32): i32 {
    this.fields.head = at;
    // What does not begin as a head must not wait for its end.
    if (!this.isStarted && !this.parsed && size && !isOf(TOKEN, load<u8>(at)) && load<u8>(at) != CR) return -400;
    while (true) {
      const from = at + this.parsed;
      const end = at + min(size, MAX_HEAD);
      const lineEnd = find(LF, at + this.searched, end);
      const most = this.isStarted ? MAX_HEAD : this.parsed + MAX_START;
      if (<i32>(lineEnd - at) >= most) return this.isStarted ? -431 : this.tooLong(from, lineEnd);
      this.searched = <i32>(lineEnd - at);
      if (lineEnd == end) return MORE;
      // RFC 9112 section 2.2: a line ends with both; what has only one is read by others in another way.
      if (lineEnd == from || load<u8>(lineEnd - 1) != CR) return -400;
      this.searched = this.parsed = <i32>(lineEnd - at) + 1;
      const isEmpty = lineEnd - from == 1;
      let wrong = 0;
      if (isEmpty) {
        if (this.isStarted) {
          wrong = this.finish();
          return wrong ? -wrong : this.parsed;
        }
        if (++this.emptyLines > MAX_EMPTY) wrong = 400;
      } else if (this.isStarted) wrong = this.field(from, lineEnd - 1);
      else {
        this.isStarted = true;
        wrong = this.start(from, lineEnd - 1);
      }
      if (wrong) return -wrong;
    }
  }

  /** The start line. Returns 0, or the status for what is wrong with it. */
  protected abstract start(at: usize, end: usize): i32;

  /** The rules that are about several fields. */
  protected abstract finish(): i32;

  /** A start line that is too long, or the first part of one. */
  protected abstract tooLong(at: usize, end: usize): i32;

  /** RFC 9112 section 5: one line of a field. */
  private field(at: usize, end: usize): i32 {
    const head = this.fields.head;
    // Section 5.1: nothing between name and colon; 5.2: no line goes on with the one before.
    const nameEnd = skip(TOKEN, at, end);
    if (nameEnd == at || nameEnd == end || load<u8>(nameEnd) != COLON) return 400;
    const value = skipSpaces(nameEnd + 1, end);
    if (skip(VALUE, value, end) != end) return 400;
    const valueEnd = trimSpaces(value, end);
    if (!this.fields.add(<i32>(at - head), <i32>(nameEnd - head), <i32>(value - head), <i32>(valueEnd - head))) return 431;
    return this.known(at, nameEnd, value, valueEnd);
  }

  /** Takes what a field says about the message itself. */
  protected known(name: usize, nameEnd: usize, at: usize, end: usize): i32 {
    switch (<i32>(nameEnd - name)) {
      case 10:
        if (!isWord("connection", name, nameEnd)) return 0;
        if (hasWord("close", at, end)) this.closes = true;
        if (hasWord("keep-alive", at, end)) this.keeps = true;
        return 0;
      case 14:
        return isWord("content-length", name, nameEnd) ? this.lengthIs(at, end) : 0;
      case 17:
        return isWord("transfer-encoding", name, nameEnd) ? this.codingIs(at, end) : 0;
      default:
        return 0;
    }
  }

  /** RFC 9112 section 6.3: one number, said once. */
  private lengthIs(at: usize, end: usize): i32 {
    if (this.length >= 0 || at == end) return 400;
    let length: i64 = 0;
    let isTooLarge = false;
    for (; at < end; at++) {
      const digit = <u32>load<u8>(at) - 0x30;
      if (digit > 9) return 400;
      if (length > i64.MAX_VALUE / 10 - 1) isTooLarge = true;
      else length = length * 10 + digit;
    }
    this.length = length;
    return isTooLarge ? 413 : 0;
  }

  /** RFC 9112 section 6.1: chunked comes last, and once. Nothing else is understood. */
  private codingIs(at: usize, end: usize): i32 {
    if (this.isChunked) return 400;
    let last = end;
    while (last > at && load<u8>(last - 1) != 0x2c) last--;
    if (!isWord("chunked", skipSpaces(last, end), end)) return 400;
    this.isChunked = true;
    if (last == at) return 0;
    return hasWord("chunked", at, last) ? 400 : 501;
  }

  /** HTTP/1.x, as RFC 9112 section 2.3 writes it. */
  protected version(at: usize, end: usize): i32 {
    if (end - at != 8 || !isText("HTTP/", at, at + 5) || load<u8>(at, 6) != 0x2e) return 400;
    const major = <u32>load<u8>(at, 5) - 0x30;
    const minor = <u32>load<u8>(at, 7) - 0x30;
    if (major > 9 || minor > 9) return 400;
    if (major != 1) return 505;
    this.minor = <i32>min<u32>(minor, 1);
    return 0;
  }

  /** Is the connection to be used for another message? */
  get isKept(): bool {
    return !this.closes && (this.minor > 0 || this.keeps);
  }
}
