const SIZE = 1 << 20;
const REPEATS = 64;

const table = memory.data(256 * 4);
const message = memory.data(SIZE);

/** Of 64 MiB, a byte at a time by a table. */
export function crc32(): u64 {
  for (let i: u32 = 0; i < 256; i++) {
    let entry = i;
    for (let bit = 0; bit < 8; bit++) entry = entry & 1 ? (entry >> 1) ^ 0xedb88320 : entry >> 1;
    store<u32>(i << 2, entry, table);
  }
  for (let i = 0; i < SIZE; i++) store<u8>(i, i * 31 + (i >> 8), message);
  let crc: u32 = 0xffffffff;
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    for (let i = 0; i < SIZE; i++) crc = load<u32>(((crc ^ load<u8>(i, message)) & 0xff) << 2, table) ^ (crc >> 8);
  }
  return ~crc;
}
