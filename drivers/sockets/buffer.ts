// Where the shim writes what a call takes, and finds what it answers: this module's memory is all that it looks at. An address
// is the record of wasi:sockets (mirage-wasm/socket-address), and what belongs to it stands behind.

import { lowOf, V4_HIGH, v4Of } from "mirage-wasm/drivers/net/ip";
import { ADDRESS, PORT, V4, V6 } from "mirage-wasm/socket-address";

/** The most that a call moves: a datagram, or so much of a stream. */
export const MOST: i32 = 65_536;

export const buffer: usize = heap.alloc(ADDRESS + MOST);
/** Behind an address. */
export const data: usize = buffer + ADDRESS;

/** The address in the buffer, as `Ip` has it, and its port. */
export let givenHigh: u64 = 0;
export let givenLow: u64 = 0;
export let givenPort: u16 = 0;

/** Takes the address that is given. False: it is of the other version of IP. */
export function take(isV6: bool): bool {
  givenPort = load<u16>(buffer, PORT);
  givenHigh = isV6 ? load<u64>(buffer, V6) : V4_HIGH;
  givenLow = isV6 ? load<u64>(buffer, V6 + 8) : lowOf(load<u32>(buffer, V4));
  if (isV6) {
    givenHigh = swapped(givenHigh);
    givenLow = swapped(givenLow);
  }
  return (load<u8>(buffer) != 0) == isV6;
}

/** Answers an address. */
export function put(isV6: bool, high: u64, low: u64, port: u32): void {
  memory.fill(buffer, 0, ADDRESS);
  store<u8>(buffer, u8(isV6));
  store<u16>(buffer, <u16>port, PORT);
  if (!isV6) {
    store<u32>(buffer, v4Of(low), V4);
    return;
  }
  store<u64>(buffer, swapped(high), V6);
  store<u64>(buffer, swapped(low), V6 + 8);
}

/** Each pair of bytes the other way round: the record has numbers where an address has bytes. */
function swapped(half: u64): u64 {
  return ((half & 0x00ff00ff00ff00ff) << 8) | ((half >> 8) & 0x00ff00ff00ff00ff);
}
