// Where the host's lists and strings land. `cabi_realloc` follows a plan that is set just before the call that needs
// it, and calls no import: the host may not be re-entered from there.

import { release as releaseBlock, reserve } from "./app";

/** Slots still free, handed out in the order of the calls. */
let slots: usize = 0;
let slotSize: usize = 0;
let slotsLeft: usize = 0;
/** The slot that the last call was given. */
let lastSlot: usize = 0;

// ╒══════ chunk ══════╕
// │ 0  next chunk     │
// │ 4  bytes of data  │
// │ 8  data           │
// ╘═══════════════════╛
const BYTES: usize = 4;
const DATA: usize = 8;

/** The spill area, newest chunk first. */
let chunks: usize = 0;
const CHUNK: usize = 65536;
/** Free bytes at the end of the newest chunk. */
let spill: usize = 0;
let spillLeft: usize = 0;

/** What was too large for its slot, since boot. */
let dropped: u32 = 0;
/**
 * The area that all of it shares, since its bytes are never read: a chunk, and behind it the smaller ones that it took
 * the place of. The host may still write a list to one of these until its call has ended.
 */
let sink: usize = 0;

/** The next list lands at `data`, which has room for all that the call can return. */
export function one(data: usize, size: usize): void {
  many(data, size, 1);
}

/** The next lists land in `count` slots of `size` bytes from `data` on, one after the other, what follows in the spill area. */
export function many(data: usize, size: usize, count: usize): void {
  slots = data;
  slotSize = size;
  slotsLeft = count;
  lastSlot = 0;
  if (sink) {
    free(load<usize>(sink));
    store<usize>(sink, 0);
  }
}

/** All lists land in the spill area; each stays until `release`. */
export function anywhere(): void {
  many(0, 0, 0);
}

/** Frees the spill area. */
export function release(): void {
  free(chunks);
  chunks = 0;
  spill = 0;
  spillLeft = 0;
}

/** How many lists and strings were too large for their slot and are lost. */
export function realloc_dropped(): u32 {
  return dropped;
}

function newChunk(next: usize, bytes: usize): usize {
  const chunk = reserve(0, DATA + bytes);
  // Canonical ABI: an allocation that fails is a trap; there is no other answer.
  if (!chunk) unreachable();
  store<usize>(chunk, next);
  store<usize>(chunk, bytes, BYTES);
  return chunk;
}

/** Frees a chunk and all behind it. */
function free(chunk: usize): void {
  while (chunk) {
    const next = load<usize>(chunk);
    releaseBlock(chunk);
    chunk = next;
  }
}

function fromSpill(align: usize, size: usize): usize {
  let at = (spill + align - 1) & ~(align - 1);
  if (!spill || at + size > spill + spillLeft) {
    chunks = newChunk(chunks, max(CHUNK, size + align));
    spill = chunks + DATA;
    spillLeft = load<usize>(chunks, BYTES);
    at = (spill + align - 1) & ~(align - 1);
  }
  spillLeft -= at + size - spill;
  spill = at + size;
  return at;
}

function fromSink(size: usize): usize {
  if (!sink || size > load<usize>(sink, BYTES)) sink = newChunk(sink, size);
  return sink + DATA;
}

/** The canonical ABI's realloc: a new block for `old` 0, else one that keeps the `oldSize` bytes at `old`. */
export function cabi_realloc(old: usize, oldSize: usize, align: usize, size: usize): usize {
  // A string in UTF-16 is given the most it can take and then shrinks.
  if (old && size <= oldSize) return old;
  let block: usize;
  if (old ? old == lastSlot : slotsLeft) {
    // What grows keeps its slot, or leaves it for the sink.
    if (!old) {
      slotsLeft--;
      lastSlot = slots;
      slots += slotSize;
    }
    block = lastSlot;
    if (size > slotSize) {
      dropped++;
      block = fromSink(size);
    }
  } else if (old && sink && old == sink + DATA) {
    block = fromSink(size);
  } else {
    block = fromSpill(align, size);
  }
  if (old && block != old) memory.copy(block, old, oldSize);
  return block;
}
