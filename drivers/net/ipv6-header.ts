// A header of IPv6 (RFC 8200 section 3).
//
// ╒═════ header ══════╕
// │  0  version, flow │
// │  4  bytes behind  │
// │  6  next header   │
// │  7  hop limit     │
// │  8  source        │
// │ 24  destination   │
// ╘═══════════════════╛
export const LENGTH: usize = 4;
export const NEXT: usize = 6;
export const HOPS: usize = 7;
export const SOURCE: usize = 8;
export const DESTINATION: usize = 24;
export const HEADER_SIZE: i32 = 40;

/** The first four bytes as they lie in memory: version 6, no class, no flow. */
export const VERSION: u32 = 0x60;

/** Writes a header before `length` bytes. */
export function putHeader(packet: usize, fromHigh: u64, fromLow: u64, toHigh: u64, toLow: u64, next: u32, length: i32, hops: i32): void {
  store<u32>(packet, VERSION);
  store<u16>(packet, bswap<u16>(<u16>length), LENGTH);
  store<u8>(packet, <u8>next, NEXT);
  store<u8>(packet, <u8>hops, HOPS);
  store<u64>(packet, fromHigh, SOURCE);
  store<u64>(packet, fromLow, SOURCE + 8);
  store<u64>(packet, toHigh, DESTINATION);
  store<u64>(packet, toLow, DESTINATION + 8);
}

// Addresses, by their bytes as they lie in memory (RFC 4291).

// @ts-ignore: decorator
@inline
export function isMulticast6(high: u64): bool {
  return (high & 0xff) == 0xff;
}

// @ts-ignore: decorator
@inline
export function isLinkLocal(high: u64): bool {
  return (high & 0xc0ff) == 0x80fe;
}

// @ts-ignore: decorator
@inline
export function isLoopback6(high: u64, low: u64): bool {
  return !high && low == LOOPBACK_LOW;
}

export const LOOPBACK_LOW: u64 = 1 << 56;

/** fe80::/64, ff02::1, ff02::2, ff02::16. */
export const LINK_LOCAL: u64 = 0x80fe;
export const LINK_GROUP: u64 = 0x02ff;
export const ALL_NODES: u64 = 1 << 56;
export const ALL_ROUTERS: u64 = 2 << 56;
export const MLD_ROUTERS: u64 = 0x16 << 56;

/** The group that who has an address listens to (section 2.7.1): ff02::1:ff00:0/104 and its last three bytes; the upper half is `LINK_GROUP`. */
export function solicitedNode(low: u64): u64 {
  return (low & 0xffffff0000000000) | 0xff01000000;
}

/** RFC 2464 section 7: 33:33 and the last four bytes. */
export function groupMac(low: u64): u64 {
  return 0x3333 | ((low >> 32) << 16);
}

/** The bits of `high` and `low` that a prefix of so many has; as masks of what lies in memory. */
export function highMask(bits: i32): u64 {
  return bits >= 64 ? u64.MAX_VALUE : bits <= 0 ? 0 : bswap<u64>(u64.MAX_VALUE << (64 - bits));
}

export function lowMask(bits: i32): u64 {
  return highMask(bits - 64);
}
