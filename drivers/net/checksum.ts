// The Internet checksum (RFC 1071). It does not ask for the order of bytes (section 2 B), so sums are of numbers as they lie
// in memory, and so is the checksum: it is stored without a swap.

import { swap16 } from "./bytes";

/** Adds `size` bytes at `at` to a sum. They begin at an even place of what is summed. */
export function sum(at: usize, size: i32, seed: u64 = 0): u64 {
  let a = seed;
  let b: u64 = 0;
  // Halves of 64 bits have room for the carries of 2^32 numbers.
  for (; size >= 32; size -= 32, at += 32) {
    a += <u64>load<u32>(at) + <u64>load<u32>(at, 4) + <u64>load<u32>(at, 8) + <u64>load<u32>(at, 12);
    b += <u64>load<u32>(at, 16) + <u64>load<u32>(at, 20) + <u64>load<u32>(at, 24) + <u64>load<u32>(at, 28);
  }
  for (; size >= 4; size -= 4, at += 4) a += <u64>load<u32>(at);
  if (size >= 2) {
    a += <u64>load<u16>(at);
    at += 2;
  }
  // Section 4.1: the last byte of an odd number has a zero behind it.
  if (size & 1) a += <u64>load<u8>(at);
  return a + b;
}

/** A sum as 16 bits: 0xffff when the checksum that it includes is right. */
export function fold(sum: u64): u32 {
  sum = (sum & 0xffffffff) + (sum >> 32);
  sum = (sum & 0xffff) + ((sum >> 16) & 0xffff) + (sum >> 32);
  sum = (sum & 0xffff) + (sum >> 16);
  return <u32>((sum & 0xffff) + (sum >> 16));
}

/**
 * The sum of a pseudo header (RFC 9293 section 3.1, RFC 768, RFC 8200 section 8.1). It is one for both versions: what marks
 * an address as one of IPv4 adds 0xffff, which is 0 in ones' complement.
 */
export function pseudoSum(fromHigh: u64, fromLow: u64, toHigh: u64, toLow: u64, protocol: u32, size: i32): u64 {
  return halves(fromHigh) + halves(fromLow) + halves(toHigh) + halves(toLow) + <u64>swap16(size) + (<u64>protocol << 8);
}

// @ts-ignore: decorator
@inline
function halves(address: u64): u64 {
  return (address & 0xffffffff) + (address >> 32);
}
