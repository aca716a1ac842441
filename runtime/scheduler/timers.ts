// Sleeping threads: a binary heap, the earliest deadline first, and of equal ones who slept first.

import { resize } from "./memory";
import { Record } from "./record";

/** Addresses of records. */
let heapStart: usize = 0;
let room: i32 = 0;
let size: i32 = 0;
let sleeps: u64 = 0;

export function hasTimers(): bool {
  return size > 0;
}

export function earliest(): Record {
  return at(0);
}

export function addTimer(thread: Record): void {
  thread.since = sleeps++;
  if (size == room) {
    room = max(room << 1, 8);
    heapStart = resize(heapStart, <usize>room << alignof<usize>());
  }
  rise(thread, size++);
}

export function removeTimer(thread: Record): void {
  const place = thread.place;
  thread.place = -1;
  const moved = at(--size);
  if (moved == thread) return;
  rise(moved, place);
  sink(moved, moved.place);
}

export function forgetTimers(): void {
  size = 0;
}

function at(place: i32): Record {
  return load<Record>(heapStart + (<usize>place << alignof<usize>()));
}

function put(thread: Record, place: i32): void {
  store<Record>(heapStart + (<usize>place << alignof<usize>()), thread);
  thread.place = place;
}

function isBefore(a: Record, b: Record): bool {
  return a.deadline < b.deadline || (a.deadline == b.deadline && a.since < b.since);
}

function rise(thread: Record, place: i32): void {
  while (place > 0) {
    const up = (place - 1) >> 1;
    const parent = at(up);
    if (!isBefore(thread, parent)) break;
    put(parent, place);
    place = up;
  }
  put(thread, place);
}

function sink(thread: Record, place: i32): void {
  while (true) {
    let down = 2 * place + 1;
    if (down >= size) break;
    if (down + 1 < size && isBefore(at(down + 1), at(down))) down++;
    const child = at(down);
    if (!isBefore(child, thread)) break;
    put(child, place);
    place = down;
  }
  put(thread, place);
}
