// Names of the DNS: RFC 1035 sections 3.1 and 5.1, RFC 4343.

import { decimal } from "./number";

/** Bytes of a name, and of one label, at most (RFC 1035 section 2.3.4). */
export const MOST_BYTES: i32 = 255;
const MOST_LABEL: i32 = 63;
const DOT: i32 = 0x2e;
const BACKSLASH: i32 = 0x5c;

/**
 * A name of the DNS: labels of any bytes, each behind its length, and the empty one at the end. It keeps the case that it was
 * given, by which no name differs from another.
 */
export class DomainName {
  /** `bytes` are those of a name: `parse`, or who reads messages, has looked. */
  constructor(readonly bytes: StaticArray<u8>) {}

  /** The name that `text` says, with or without its last point; `\.` and `\255` are bytes of a label. Null: it is none. */
  static parse(text: string): DomainName | null {
    const bytes = new StaticArray<u8>(MOST_BYTES);
    /** Where the length of the label stands that is read. */
    let label = 0;
    let to = 1;
    const end = text.length;
    if (text != ".") {
      for (let at = 0; at < end; at++) {
        let byte = text.charCodeAt(at);
        if (byte == DOT) {
          if (to == label + 1) return null;
          label = to++;
        } else {
          if (byte == BACKSLASH) {
            byte = escaped(text, at + 1);
            at += byte >= 0 && isDigit(text.charCodeAt(at + 1)) ? 3 : 1;
          } else if (byte > 0x7e || byte <= 0x20) return null;
          if (byte < 0 || to == MOST_BYTES || to - label > MOST_LABEL) return null;
          bytes[to++] = <u8>byte;
          bytes[label]++;
        }
        if (to > MOST_BYTES) return null;
      }
      if (!end) return null;
      if (bytes[label] && ++to > MOST_BYTES) return null;
    }
    return new DomainName(bytes.slice<StaticArray<u8>>(0, to));
  }

  get isRoot(): bool {
    return this.bytes.length == 1;
  }

  /** The name without its first label. Not of the root. */
  get parent(): DomainName {
    return new DomainName(this.bytes.slice<StaticArray<u8>>(this.bytes[0] + 1));
  }

  /** The same text for all names that are equal, and for no others: what maps know it by. */
  get key(): string {
    const bytes = this.bytes;
    const text = changetype<string>(__new(<usize>bytes.length << 1, idof<string>()));
    // A length is less than any letter.
    for (let i = 0; i < bytes.length; i++) store<u16>(changetype<usize>(text) + (<usize>i << 1), lower(bytes[i]));
    return text;
  }

  equals(other: DomainName): bool {
    return this.bytes.length == other.bytes.length && this.isWithin(other);
  }

  /** Is it `other`, or below it? */
  isWithin(other: DomainName): bool {
    const bytes = this.bytes;
    const theirs = other.bytes;
    let from = 0;
    while (bytes.length - from > theirs.length) from += bytes[from] + 1;
    if (bytes.length - from != theirs.length) return false;
    for (let i = 0; i < theirs.length; i++) if (lower(bytes[from + i]) != lower(theirs[i])) return false;
    return true;
  }

  /** With its last point. */
  toString(): string {
    const bytes = this.bytes;
    let text = "";
    for (let at = 0; bytes[at]; ) {
      const end = at + bytes[at];
      while (++at <= end) text += showByte(bytes[at]);
      text += ".";
    }
    return text.length ? text : ".";
  }
}

/** A letter in lower case (RFC 4343 section 3), any other byte as it is. */
// @ts-ignore: decorator
@inline
export function lower(byte: u8): u8 {
  return byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte;
}

/** A byte of a label as it is written (RFC 1035 section 5.1): what could be meant otherwise behind a backslash. */
export function showByte(byte: u8): string {
  if (byte <= 0x20 || byte > 0x7e) return "\\" + decimal(byte / 100) + decimal((byte / 10) % 10) + decimal(byte % 10);
  const isMeant = byte != <u8>DOT && byte != <u8>BACKSLASH && byte != 0x22 && byte != 0x28 && byte != 0x29 && byte != 0x3b && byte != 0x40 && byte != 0x24;
  return (isMeant ? "" : "\\") + String.fromCharCode(byte);
}

function isDigit(unit: i32): bool {
  return unit >= 0x30 && unit <= 0x39;
}

/** What stands behind a backslash: three digits, or one character. -1: neither. */
function escaped(text: string, at: i32): i32 {
  if (at >= text.length) return -1;
  const first = text.charCodeAt(at);
  if (!isDigit(first)) return first <= 0x7e ? first : -1;
  if (at + 2 >= text.length || !isDigit(text.charCodeAt(at + 1)) || !isDigit(text.charCodeAt(at + 2))) return -1;
  const value = (first - 0x30) * 100 + (text.charCodeAt(at + 1) - 0x30) * 10 + text.charCodeAt(at + 2) - 0x30;
  return value <= 255 ? value : -1;
}
