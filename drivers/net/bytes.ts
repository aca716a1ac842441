// Numbers of network protocols: big-endian, at any address. AssemblyScript's `bswap` is a call.

// @ts-ignore: decorator
@inline
export function swap16(value: u32): u32 {
  return ((value << 8) | (value >> 8)) & 0xffff;
}

// @ts-ignore: decorator
@inline
export function swap32(value: u32): u32 {
  return (rotl<u32>(value, 8) & 0x00ff00ff) | (rotr<u32>(value, 8) & 0xff00ff00);
}

// @ts-ignore: decorator
@inline
export function get16(at: usize): u32 {
  return swap16(load<u16>(at));
}

// @ts-ignore: decorator
@inline
export function get32(at: usize): u32 {
  return swap32(load<u32>(at));
}

// @ts-ignore: decorator
@inline
export function put16(at: usize, value: u32): void {
  store<u16>(at, <u16>swap16(value & 0xffff));
}

// @ts-ignore: decorator
@inline
export function put32(at: usize, value: u32): void {
  store<u32>(at, swap32(value));
}
