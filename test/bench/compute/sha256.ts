const K = memory.data<u32>([
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3,
  0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
  0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
  0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
  0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208,
  0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
]);
const SIZE = 1 << 20;
const REPEATS = 32;

const message = memory.data(SIZE);
const schedule = memory.data(64 * 4);
const state = memory.data(8 * 4);

function block(at: i32): void {
  for (let i = 0; i < 64; i += 4) store<u32>(i, bswap<u32>(load<u32>(at + i, message)), schedule);
  for (let i = 64; i < 256; i += 4) {
    const early = load<u32>(i - 60, schedule);
    const late = load<u32>(i - 8, schedule);
    const s0 = rotr<u32>(early, 7) ^ rotr<u32>(early, 18) ^ (early >> 3);
    const s1 = rotr<u32>(late, 17) ^ rotr<u32>(late, 19) ^ (late >> 10);
    store<u32>(i, load<u32>(i - 64, schedule) + s0 + load<u32>(i - 28, schedule) + s1, schedule);
  }
  let a = load<u32>(0, state);
  let b = load<u32>(4, state);
  let c = load<u32>(8, state);
  let d = load<u32>(12, state);
  let e = load<u32>(16, state);
  let f = load<u32>(20, state);
  let g = load<u32>(24, state);
  let h = load<u32>(28, state);
  for (let i = 0; i < 256; i += 4) {
    const s1 = rotr<u32>(e, 6) ^ rotr<u32>(e, 11) ^ rotr<u32>(e, 25);
    const t1 = h + s1 + ((e & f) ^ (~e & g)) + load<u32>(i, K) + load<u32>(i, schedule);
    const s0 = rotr<u32>(a, 2) ^ rotr<u32>(a, 13) ^ rotr<u32>(a, 22);
    const t2 = s0 + ((a & b) ^ (a & c) ^ (b & c));
    h = g;
    g = f;
    f = e;
    e = d + t1;
    d = c;
    c = b;
    b = a;
    a = t1 + t2;
  }
  store<u32>(0, load<u32>(0, state) + a, state);
  store<u32>(4, load<u32>(4, state) + b, state);
  store<u32>(8, load<u32>(8, state) + c, state);
  store<u32>(12, load<u32>(12, state) + d, state);
  store<u32>(16, load<u32>(16, state) + e, state);
  store<u32>(20, load<u32>(20, state) + f, state);
  store<u32>(24, load<u32>(24, state) + g, state);
  store<u32>(28, load<u32>(28, state) + h, state);
}

/** Two words of the state after 32 MiB, without the padding at the end. */
export function sha256(): u64 {
  for (let i = 0; i < SIZE; i++) store<u8>(i, i * 31 + (i >> 8), message);
  for (let i = 0; i < 32; i += 4) store<u32>(i, load<u32>(i, K) ^ 0x5a5a5a5a, state);
  for (let i = 0; i < REPEATS; i++) for (let at = 0; at < SIZE; at += 64) block(at);
  return (<u64>load<u32>(0, state) << 32) | load<u32>(28, state);
}
