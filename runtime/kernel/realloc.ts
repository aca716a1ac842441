// Where the host's lists and strings land. `cabi_realloc` follows a plan that is set just before the call that needs
// it, and calls no import: the host may not be re-entered from there.

import { reserve } from "./app";

/** Slots still free, handed out in the order of the calls. */
let slots: usize = 0;
let slotSize: usize = 0;
let slotsLeft: usize = 0;
/** The slot that the last call was given. */
let lastSlot: usize = 0;

/** Chunks of the spill area, newest first: [next chunk: u32][bytes: u32][data]. */
let chunks: usize = 0;
const HEAD: usize = 8;
const CHUNK: usize = 65536;
/** Free bytes at the end of the newest chunk. */
let spill: usize = 0;
let spillLeft: usize = 0;

/** What was too large for its slot, since boot. */
let dropped: u32 = 0;
/** One area that all of it shares: its bytes are never read. */
let sink: usize = 0;
let sinkSize: usize = 0;

/** The next list lands at `data`, which has room for all that the call can return. */
export function one(data: usize, size: usize): void {
  many(data, size, 1);
}

/** The next lists land in `count` slots of `size` bytes from `data` on, one after the other, what follows in the spill area. */
export function many(data: usize, size: usize, count: usize): void {
  slots = data;
  slotSize = size;
  slotsLeft = count;
}

/** All lists land in the spill area; each stays until `release`. */
export function anywhere(): void {
  slotsLeft = 0;
}

/** Frees the spill area. */
export function release(): void {
  while (chunks) {
    const next = load<usize>(chunks);
    reserve(chunks, 0);
    chunks = next;
  }
  spill = 0;
  spillLeft = 0;
}

/** How many lists and strings were too large for their slot and are lost. */
export function realloc_dropped(): u32 {
  return dropped;
}

function fromSpill(align: usize, size: usize): usize {
  let at = (spill + align - 1) & ~(align - 1);
  if (!spill || at + size > spill + spillLeft) {
    const bytes = max(CHUNK, HEAD + size + align);
    const chunk = reserve(0, bytes);
    // Canonical ABI: an allocation that fails is a trap; there is no other answer.
    if (!chunk) unreachable();
    store<usize>(chunk, chunks);
    store<usize>(chunk, bytes, 4);
    chunks = chunk;
    spill = chunk + HEAD;
    spillLeft = bytes - HEAD;
    at = (spill + align - 1) & ~(align - 1);
  }
  spillLeft -= at + size - spill;
  spill = at + size;
  return at;
}

function fromSink(size: usize): usize {
  dropped++;
  if (size > sinkSize) {
    sink = reserve(sink, size);
    if (!sink) unreachable();
    sinkSize = size;
  }
  return sink;
}

/** The canonical ABI's realloc: a new block for `old` 0, else one that keeps the `oldSize` bytes at `old`. */
export function cabi_realloc(old: usize, oldSize: usize, align: usize, size: usize): usize {
  // A string in UTF-16 is given the most it can take and then shrinks.
  if (old && size <= oldSize) return old;
  let block: usize;
  if (old && old == lastSlot) {
    // What grows keeps its slot, or leaves it for the sink.
    block = size > slotSize ? fromSink(size) : old;
  } else if (!old && slotsLeft) {
    slotsLeft--;
    lastSlot = slots;
    slots += slotSize;
    block = size > slotSize ? fromSink(size) : lastSlot;
  } else {
    block = fromSpill(align, size);
  }
  if (old && block != old) memory.copy(block, old, oldSize);
  return block;
}
