// Addresses of the Internet and their text: RFC 4291 section 2.2 in, RFC 5952 out.

import { decimal, digits, parsed, readDecimal, readHex, showHex } from "./number";

const V4: i32 = 4;
const V6: i32 = 16;
const DOT: i32 = 0x2e;
const COLON: i32 = 0x3a;

/** An address of IPv4 (4 bytes) or IPv6 (16 bytes). */
export class Address {
  constructor(readonly bytes: StaticArray<u8>) {}

  get isV4(): bool {
    return this.bytes.length == V4;
  }

  /** The address that `text` says, or null. */
  static parse(text: string): Address | null {
    const isV6 = text.includes(":");
    const bytes = new StaticArray<u8>(isV6 ? V6 : V4);
    return (isV6 ? readV6(text, bytes) : readV4(text, 0, bytes, 0)) ? new Address(bytes) : null;
  }

  toString(): string {
    return this.isV4 ? showV4(this.bytes, 0) : showV6(this.bytes);
  }
}

/** An address with the length of its network's prefix. */
export class Cidr {
  constructor(
    readonly address: Address,
    readonly bits: i32,
  ) {}

  /** As `10.0.0.2/24`, or null. */
  static parse(text: string): Cidr | null {
    const slash = text.indexOf("/");
    if (slash < 0) return null;
    const address = Address.parse(text.substring(0, slash));
    if (!address || readDecimal(text, slash + 1) != text.length) return null;
    const most = address.bytes.length * 8;
    return digits && digits <= 3 && parsed <= most ? new Cidr(address, <i32>parsed) : null;
  }

  toString(): string {
    return this.address.toString() + "/" + decimal(this.bits);
  }
}

/** Four numbers without leading zeros, up to the end of `text`. */
function readV4(text: string, at: i32, bytes: StaticArray<u8>, to: i32): bool {
  for (let i = 0; i < V4; i++) {
    if (i > 0 && (at >= text.length || text.charCodeAt(at++) != DOT)) return false;
    const start = at;
    at = readDecimal(text, at);
    if (at < 0 || !digits || parsed > 255 || (digits > 1 && text.charCodeAt(start) == 0x30)) return false;
    bytes[to + i] = <u8>parsed;
  }
  return at == text.length;
}

function readV6(text: string, bytes: StaticArray<u8>): bool {
  let at = 0;
  let to = 0;
  // Where "::" stands.
  let gap = -1;
  const end = text.length;
  if (text.startsWith("::")) {
    gap = 0;
    at = 2;
  }
  while (at < end) {
    if (to == V6) return false;
    const start = at;
    let group = 0;
    while (at < end && at - start < 4) {
      const digit = readHex(text.charCodeAt(at));
      if (digit < 0) break;
      group = (group << 4) | digit;
      at++;
    }
    if (at == start) return false;
    if (at < end && text.charCodeAt(at) == DOT) {
      if (to > V6 - V4 || !readV4(text, start, bytes, to)) return false;
      to += V4;
      break;
    }
    bytes[to++] = <u8>(group >> 8);
    bytes[to++] = <u8>group;
    if (at == end) break;
    if (text.charCodeAt(at++) != COLON || at == end) return false;
    if (text.charCodeAt(at) == COLON) {
      if (gap >= 0) return false;
      gap = to;
      at++;
    }
  }
  if (gap < 0) return to == V6;
  if (to == V6) return false;
  // What stands behind the gap moves to the end.
  const tail = to - gap;
  for (let i = 1; i <= tail; i++) {
    bytes[V6 - i] = bytes[to - i];
    bytes[to - i] = 0;
  }
  return true;
}

function showV4(bytes: StaticArray<u8>, from: i32): string {
  return decimal(bytes[from]) + "." + decimal(bytes[from + 1]) + "." + decimal(bytes[from + 2]) + "." + decimal(bytes[from + 3]);
}

/** Is it an address of IPv4 in ::ffff:0:0/96? Those end in its own notation. */
function isMapped(bytes: StaticArray<u8>): bool {
  for (let i = 0; i < 10; i++) if (bytes[i]) return false;
  return bytes[10] == 0xff && bytes[11] == 0xff;
}

/** Lower case, no leading zeros, and "::" for the first of the longest runs of two or more zero groups. */
function showV6(bytes: StaticArray<u8>): string {
  let gap = -1;
  let longest = 2;
  for (let i = 0; i < V6; i += 2) {
    let run = 0;
    while (i + run < V6 && !bytes[i + run] && !bytes[i + run + 1]) run += 2;
    if (run > longest) {
      gap = i;
      longest = run;
    }
  }
  let text = "";
  for (let i = 0; i < V6; i += 2) {
    if (i == V6 - V4 && isMapped(bytes)) return text + showV4(bytes, i);
    if (i == gap) {
      text += i ? ":" : "::";
      i += longest - 2;
      continue;
    }
    text += hex((<i32>bytes[i] << 8) | bytes[i + 1]);
    if (i < V6 - 2) text += ":";
  }
  return text;
}

function hex(group: i32): string {
  let text = "";
  do {
    const digit = group & 15;
    text = showHex(digit) + text;
    group >>= 4;
  } while (group);
  return text;
}
