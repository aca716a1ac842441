// The switch between threads. Asyncify (compiler/build/asyncify.ts) lets a call stack unwind into memory and come back.
// One area serves all threads; each suspended thread keeps its exact slice of it, and of the collector's shadow stack,
// in a block of its own.

import { enter, reserve, shadowGet, shadowSet } from "./app";
import { thread_overflow } from "./abort";

@external("asyncify", "start_unwind")
declare function startUnwind(area: usize): void;
@external("asyncify", "stop_unwind")
declare function stopUnwind(): void;
@external("asyncify", "start_rewind")
declare function startRewind(area: usize): void;
@external("asyncify", "stop_rewind")
declare function stopRewind(): void;

// ╒══════════ area ══════════╕      ╒═════════ thread ═════════╕
// │ 0  top of the frames     │      │  0  block                │
// │ 4  end of the area       │      │  4  its size             │
// │ 8  frames, oldest first  │      │  8  bytes of frames      │
// │    …                     │      │ 12  bytes of shadow stack│
// ╘══════════════════════════╛      │ 16  name, UTF-16         │
//                                   │ 20  its units            │
//                                   │ 24  id                   │
//                                   ╘══════════════════════════╛
const AREA: usize = 1 << 20;
const FRAMES: usize = 8;
const SIZE: usize = 4;
const FRAME_BYTES: usize = 8;
const SHADOW_BYTES: usize = 12;
export const NAME: usize = 16;
export const NAME_UNITS: usize = 20;
export const ID: usize = 24;

const RUNNING = 0;
const UNWINDING = 1;
const REWINDING = 2;
// RUNNING, as a number: else the module would have a start section, which every instance would be entered for.
let state: i32 = 0;
let area: usize = 0;

/** Small slices are the rule, and a loop beats the call that memory.copy is on most hosts. Sizes are multiples of 4. */
function copy(to: usize, from: usize, bytes: usize): void {
  if (bytes > 256) {
    memory.copy(to, from, bytes);
    return;
  }
  const end = from + (bytes & ~7);
  while (from < end) {
    store<u64>(to, load<u64>(from));
    to += 8;
    from += 8;
  }
  if (bytes & 4) store<u32>(to, load<u32>(from));
}

export function thread_suspend(): void {
  if (state == REWINDING) {
    stopRewind();
    state = RUNNING;
  } else {
    state = UNWINDING;
    startUnwind(area);
  }
}

export function thread_resume(thread: usize): bool {
  const base = shadowGet();
  const frames = load<usize>(thread, FRAME_BYTES);
  if (frames) {
    const block = load<usize>(thread);
    const shadow = load<usize>(thread, SHADOW_BYTES);
    // While it runs, its part of the shadow stack is in its place: the collector must not read this copy.
    store<usize>(thread, 0, SHADOW_BYTES);
    copy(area + FRAMES, block, frames);
    shadowSet(base - shadow);
    copy(base - shadow, block + frames, shadow);
    store<usize>(area, area + FRAMES + frames);
    state = REWINDING;
    startRewind(area);
  } else {
    if (!area) {
      area = reserve(0, AREA);
      store<usize>(area, area + AREA, 4);
    }
    store<usize>(area, area + FRAMES);
  }
  // Read now: frames that do not fit overwrite what lies behind the area.
  const id = load<u32>(thread, ID);
  const name = load<usize>(thread, NAME);
  const nameUnits = load<usize>(thread, NAME_UNITS);
  const limit = area + AREA;
  enter(thread);
  if (state != UNWINDING) return false;
  // Asyncify itself looks only when it stops, and then traps without a word.
  if (load<usize>(area) > limit) thread_overflow(id, name, nameUnits);
  stopUnwind();
  state = RUNNING;
  save(thread, base);
  return true;
}

function save(thread: usize, base: usize): void {
  const top = shadowGet();
  const frames = load<usize>(area) - area - FRAMES;
  const shadow = base - top;
  let block = load<usize>(thread);
  const need = frames + shadow;
  const size = load<usize>(thread, SIZE);
  // A thread that was deep once gives its memory back.
  if (need > size || size > need + 1024) {
    block = reserve(block, need);
    store<usize>(thread, block);
    store<usize>(thread, need, SIZE);
  }
  copy(block, area + FRAMES, frames);
  copy(block + frames, top, shadow);
  store<usize>(thread, frames, FRAME_BYTES);
  store<usize>(thread, shadow, SHADOW_BYTES);
  shadowSet(base);
}
