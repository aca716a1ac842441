// Headers between that of IPv6 and what a packet carries (RFC 8200 section 4).

export const HOP_BY_HOP: u32 = 0;
export const ROUTING: u32 = 43;
export const FRAGMENT: u8 = 44;
/** Bytes of that one (section 4.5). */
export const FRAGMENT_SIZE: i32 = 8;
export const NO_NEXT: u32 = 59;
const DESTINATION_OPTIONS: u32 = 60;

/** What `checkOptions` found: nothing; one for which the packet is dropped, and its sender told, … */
const FINE: i32 = 0;
const DROP: i32 = 1;
const TELL: i32 = 2;
/** … but for packets to many hosts. */
export const UNKNOWN_TO_ONE: i32 = 3;

/** An option that nobody knows says by its highest two bits what is to be done (section 4.2). */
const PAD1: u8 = 0;
const PADN: u8 = 1;
const ROUTER_ALERT: u8 = 5;
/** The whole option with its value. */
const MLD_ALERT: u32 = 0x0000_0205;

export function isExtension(next: u32): bool {
  return next == HOP_BY_HOP || next == ROUTING || next == FRAGMENT || next == NO_NEXT || next == DESTINATION_OPTIONS;
}

/** Bytes of the header at `at`, or 0 where not even its size is there. */
export function sizeOf(at: usize, rest: i32): i32 {
  return rest < 8 ? 0 : (<i32>load<u8>(at, 1) + 1) << 3;
}

/** Where the option stands for which `checkOptions` did not return 0. */
export let optionsPointer: usize = 0;

/** Has a header, whose options are right, one by which routers look at packets of MLD (RFC 2711)? */
export function hasAlert(header: usize): bool {
  const end = header + <usize>sizeOf(header, 8);
  for (let at = header + 2; at + 4 <= end; at += load<u8>(at) == PAD1 ? 1 : <usize>load<u8>(at, 1) + 2) if (load<u32>(at) == MLD_ALERT) return true;
  return false;
}

/** Looks at the options of a header of `size` bytes. */
export function checkOptions(header: usize, size: i32): i32 {
  const end = header + <usize>size;
  for (let at = header + 2; at < end; ) {
    const kind = load<u8>(at);
    if (kind == PAD1) {
      at++;
      continue;
    }
    optionsPointer = at;
    if (at + 2 > end || at + 2 + load<u8>(at, 1) > end) return DROP;
    if (kind != PADN && kind != ROUTER_ALERT && kind >> 6) return kind >> 6 == 1 ? DROP : kind >> 6 == 2 ? TELL : UNKNOWN_TO_ONE;
    at += <usize>load<u8>(at, 1) + 2;
  }
  return FINE;
}
