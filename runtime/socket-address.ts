// Addresses as the kernel's calls of sockets have them (abi.ts).

import { Address } from "./address";

/** Bytes of one. */
export const ADDRESS: usize = 32;

/** Where it has its port, and the bytes of either family. */
export const PORT: usize = 4;
export const V4: usize = 6;
export const V6: usize = 12;
/** Where an address without a port has its bytes, of either family. */
const BARE: usize = 2;
/** Bytes of such a one. */
export const BARE_SIZE: i32 = 18;

/** Writes an address and a port to the `ADDRESS` bytes at `at`. */
export function storeAddress(at: usize, address: Address, port: u16): void {
  memory.fill(at, 0, ADDRESS);
  store<u16>(at, port, PORT);
  const bytes = changetype<usize>(address.bytes);
  if (address.isV4) {
    memory.copy(at + V4, bytes, 4);
    return;
  }
  store<u8>(at, 1);
  swap(at + V6, bytes);
}

/** As one without a port, to the `BARE_SIZE` bytes at `at`. */
export function storeBareAddress(at: usize, address: Address): void {
  memory.fill(at, 0, BARE_SIZE);
  const bytes = changetype<usize>(address.bytes);
  if (address.isV4) {
    memory.copy(at + BARE, bytes, 4);
    return;
  }
  store<u8>(at, 1);
  swap(at + BARE, bytes);
}

export function loadAddress(at: usize): Address {
  return loadFrom(at, at + (load<u8>(at) ? V6 : V4));
}

export function loadPort(at: usize): u16 {
  return load<u16>(at, PORT);
}

/** One without a port, as `names_next` writes it. */
export function loadBareAddress(at: usize): Address {
  return loadFrom(at, at + BARE);
}

function loadFrom(at: usize, from: usize): Address {
  const isV6 = load<u8>(at) != 0;
  const bytes = new StaticArray<u8>(isV6 ? 16 : 4);
  if (isV6) swap(changetype<usize>(bytes), from);
  else memory.copy(changetype<usize>(bytes), from, 4);
  return new Address(bytes);
}

/** Copies eight numbers of two bytes, from the network's order to the machine's or back. */
function swap(to: usize, from: usize): void {
  for (let i: usize = 0; i < 16; i += 2) store<u16>(to + i, bswap<u16>(load<u16>(from + i)));
}
