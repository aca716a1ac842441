// The header of IPv4 (RFC 791 section 3.1).

// ╒══════════ header ═══════════╕
// │  0  version 4, words         │
// │  2  bytes of the packet      │
// │  4  identification           │
// │  6  flags, offset / 8        │
// │  8  time to live             │
// │  9  protocol                 │
// │ 10  checksum                 │
// │ 12  source                   │
// │ 16  destination              │
// ╘══════════════════════════════╛
export const LENGTH: usize = 2;
export const IDENTIFICATION: usize = 4;
export const FRAGMENT: usize = 6;
export const TTL: usize = 8;
export const PROTOCOL: usize = 9;
export const CHECKSUM: usize = 10;
export const SOURCE: usize = 12;
export const DESTINATION: usize = 16;
export const HEADER_SIZE: i32 = 20;
export const DONT_FRAGMENT: u32 = 0x4000;
export const MORE_FRAGMENTS: u32 = 0x2000;
export const OFFSET: u32 = 0x1fff;

/** The option of section 2.1 of RFC 2113: routers are to look at the packet. */
export const ALERT: u32 = 0x0000_0494;
export const ALERT_SIZE: i32 = 4;

/** Has a packet, whose list of options is right, that option? */
export function hasAlert(packet: usize): bool {
  const end = packet + headSize(packet);
  for (let at = packet + HEADER_SIZE; at + ALERT_SIZE <= end && load<u8>(at); at += load<u8>(at) == 1 ? 1 : load<u8>(at, 1)) if (load<u32>(at) == ALERT) return true;
  return false;
}

/** Bytes of a packet's header. */
// @ts-ignore: decorator
@inline
export function headSize(packet: usize): i32 {
  return <i32>(load<u8>(packet) & 15) << 2;
}
