// Sequence numbers: modulo 2^32 (RFC 9293 section 3.4). Two that are compared lie less than 2^31 apart.

// @ts-ignore: decorator
@inline
export function isBefore(a: u32, b: u32): bool {
  return <i32>(a - b) < 0;
}

// @ts-ignore: decorator
@inline
export function isAfter(a: u32, b: u32): bool {
  return <i32>(a - b) > 0;
}

/** The later of the two. */
// @ts-ignore: decorator
@inline
export function later(a: u32, b: u32): u32 {
  return isBefore(a, b) ? b : a;
}
