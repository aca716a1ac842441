// Addresses of Ethernet. As a number, one is its six bytes as they lie in memory; the two above them are zero.

import { readHex, showHex } from "./number";

const BYTES: i32 = 6;

export const BROADCAST: u64 = 0xffffffffffff;

// @ts-ignore: decorator
@inline
export function loadMac(at: usize): u64 {
  return <u64>load<u32>(at) | (<u64>load<u16>(at, 4) << 32);
}

// @ts-ignore: decorator
@inline
export function storeMac(at: usize, mac: u64): void {
  store<u32>(at, <u32>mac);
  store<u16>(at, <u16>(mac >> 32), 4);
}

/** Is it one of several hosts, or of all (IEEE 802.3 section 3.2.3)? */
// @ts-ignore: decorator
@inline
export function isGroup(mac: u64): bool {
  return <bool>(mac & 1);
}

/** As `02:00:00:00:00:01`. */
export function showMac(mac: u64): string {
  let text = "";
  for (let i = 0; i < BYTES; i++, mac >>= 8) {
    if (i) text += ":";
    text += showHex(<i32>(mac >> 4) & 15) + showHex(<i32>mac & 15);
  }
  return text;
}

/** The address that `text` says, or -1. */
export function parseMac(text: string): i64 {
  if (text.length != BYTES * 3 - 1) return -1;
  let mac: u64 = 0;
  for (let i = 0; i < BYTES; i++) {
    const high = readHex(text.charCodeAt(i * 3));
    const low = readHex(text.charCodeAt(i * 3 + 1));
    if (high < 0 || low < 0 || (i < BYTES - 1 && text.charCodeAt(i * 3 + 2) != 0x3a)) return -1;
    mac |= <u64>((high << 4) | low) << (i * 8);
  }
  return mac;
}
