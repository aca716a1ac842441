// The memory of buffers: blocks of 2^12 to 2^20 bytes. Those that are given back wait in a list for the next one that needs
// such a block, as a connection on which a request comes and an answer goes takes and gives one for each; what is more than
// `MAX_KEPT` in all goes back to the heap.

import { Counter } from "mirage-wasm/metrics";

const MIN_SHIFT: i32 = 12;
export const MIN_BLOCK: i32 = 1 << MIN_SHIFT;
const MAX_KEPT: i32 = 1 << 20;

/** Bytes that all buffers together may have: nobody is given more, but for the smallest block. */
let limit: i32 = 64 << 20;

/** Sets that, where memory is less. */
export function limitBlocks(bytes: i32): void {
  limit = min(limit, bytes);
}

let kept: i32 = 0;
let taken: i32 = 0;
/** By its shift, the first block of each list; a block holds the address of the next. */
const lists = memory.data(9 * sizeof<usize>());

const refused = new Counter("tcp.no_memory");

// @ts-ignore: decorator
@inline
function listOf(size: i32): usize {
  return lists + <usize>(ctz(size) - MIN_SHIFT) * sizeof<usize>();
}

/** A block of `size` bytes, a power of two, whose content is anything; 0: there is no memory for it. */
export function takeBlock(size: i32): usize {
  if (size > MIN_BLOCK && taken + size > limit) {
    refused.add();
    return 0;
  }
  taken += size;
  const list = listOf(size);
  const block = load<usize>(list);
  if (!block) return heap.alloc(size);
  store<usize>(list, load<usize>(block));
  kept -= size;
  return block;
}

export function giveBlock(block: usize, size: i32): void {
  taken -= size;
  if (kept + size > MAX_KEPT) {
    heap.free(block);
    return;
  }
  kept += size;
  const list = listOf(size);
  store<usize>(block, load<usize>(list));
  store<usize>(list, block);
}
