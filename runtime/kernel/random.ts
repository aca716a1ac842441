import { getRandomBytes, getRandomU64 } from "./wasi";
import { one } from "./realloc";

/** Return area: address and length of a list. */
const result = memory.data(8, 4);

/** Hosts bound what they make in one call. */
const PART: usize = 65536;

export function random_fill(data: usize, length: usize): void {
  while (length) {
    const part = min(length, PART);
    one(data, part);
    getRandomBytes(<u64>part, result);
    data += part;
    length -= part;
  }
}

export function random_u64(): u64 {
  return getRandomU64();
}
