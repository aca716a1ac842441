// SipHash-2-4 (J.-P. Aumasson, D. Bernstein, 2012): a keyed hash that nobody without the key can foretell.

let v0: u64 = 0;
let v1: u64 = 0;
let v2: u64 = 0;
let v3: u64 = 0;

/** The hash of `size` bytes at `at`. */
export function sipHash(keyLow: u64, keyHigh: u64, at: usize, size: i32): u64 {
  v0 = keyLow ^ 0x736f6d6570736575;
  v1 = keyHigh ^ 0x646f72616e646f6d;
  v2 = keyLow ^ 0x6c7967656e657261;
  v3 = keyHigh ^ 0x7465646279746573;
  const end = at + <usize>(size & ~7);
  for (; at < end; at += 8) compress(load<u64>(at));
  let last = <u64>size << 56;
  for (let i = (size & 7) - 1; i >= 0; i--) last |= <u64>load<u8>(at + i) << (<u64>i << 3);
  compress(last);
  v2 ^= 0xff;
  for (let i = 0; i < 4; i++) round();
  return v0 ^ v1 ^ v2 ^ v3;
}

function compress(word: u64): void {
  v3 ^= word;
  round();
  round();
  v0 ^= word;
}

function round(): void {
  v0 += v1;
  v2 += v3;
  v1 = rotl(v1, 13) ^ v0;
  v3 = rotl(v3, 16) ^ v2;
  v0 = rotl(v0, 32);
  v2 += v1;
  v0 += v3;
  v1 = rotl(v1, 17) ^ v2;
  v3 = rotl(v3, 21) ^ v0;
  v2 = rotl(v2, 32);
}
