// UTF-16 to UTF-8 (RFC 3629 section 3) through one static buffer: the kernel has no heap.

/** One `output-stream.blocking-write-and-flush` takes at most 4096 bytes. */
export const CAPACITY: i32 = 4096;
export const buffer = memory.data(CAPACITY, 16);
/** Text ends here: what is put behind it without a check (a line feed, a position) still fits. */
const TEXT_END: usize = 4032;

/** UTF-16 units that the last `encode` took. */
export let taken: usize = 0;

/**
 * Encodes as many of the `count` UTF-16 units at `units` as fit into the buffer from offset `at` on, and returns the
 * offset behind them. A lone surrogate becomes U+FFFD.
 */
export function encode(units: usize, count: usize, at: usize): usize {
  let i: usize = 0;
  // A code point takes at most four bytes.
  while (i < count && at < TEXT_END - 4) {
    let point = <u32>load<u16>(units + (i++ << 1));
    if (point >= 0x80) {
      if ((point & 0xf800) == 0xd800) {
        const low = i < count ? <u32>load<u16>(units + (i << 1)) : 0;
        if (point < 0xdc00 && (low & 0xfc00) == 0xdc00) {
          point = ((point - 0xd800) << 10) + low + (0x10000 - 0xdc00);
          i++;
        } else {
          point = 0xfffd;
        }
      }
      let lead: u32 = 0xc0;
      let shift: u32 = 6;
      if (point >= 0x800) {
        lead = 0xe0;
        shift = 12;
        if (point >= 0x10000) {
          lead = 0xf0;
          shift = 18;
        }
      }
      store<u8>(buffer + at++, lead | (point >> shift));
      while (shift > 6) {
        shift -= 6;
        store<u8>(buffer + at++, 0x80 | ((point >> shift) & 0x3f));
      }
      point = 0x80 | (point & 0x3f);
    }
    store<u8>(buffer + at++, point);
  }
  taken = i;
  return at;
}
