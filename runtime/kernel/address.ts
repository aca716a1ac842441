// Addresses of wasi:sockets in memory, and as a call takes them.

// ╒═════ address ═════╕
// │  0  family        │  0: IPv4, 1: IPv6
// │  4  port          │
// │  6  IPv4: 4 bytes │
// │  8  flow-info     │  IPv6, and so are these:
// │ 12  8 × u16       │
// │ 28  scope-id      │
// ╘═══════════════════╛
export const SIZE: usize = 32;
const PORT: usize = 4;
const V4: usize = 6;
const FLOW: usize = 8;
const V6: usize = 12;
const SCOPE: usize = 28;

/** Twelve integers: an address as a call's parameters. */
export const flat = memory.data(48, 4);

/** Puts an address there. */
export function spread(address: usize): void {
  const family = load<u8>(address);
  store<u32>(flat, family);
  store<u32>(flat, load<u16>(address, PORT), 4);
  if (family) {
    store<u32>(flat, load<u32>(address, FLOW), 8);
    for (let i: usize = 0; i < 8; i++) store<u32>(flat + (i << 2), load<u16>(address + (i << 1), V6), 12);
    store<u32>(flat, load<u32>(address, SCOPE), 44);
  } else {
    for (let i: usize = 0; i < 4; i++) store<u32>(flat + (i << 2), load<u8>(address + i, V4), 8);
  }
}

/** An integer of it. */
// @ts-ignore: decorator
@inline
export function part(index: usize): i32 {
  return load<i32>(flat + (index << 2));
}
