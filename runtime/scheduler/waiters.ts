// Threads that wait for the host. A poll costs the host time for every pollable it is given, so those that came last are
// "hot" and can be polled by themselves. Both kinds stand in one array, with their pollables as the host wants them in
// another: [cold … | hot …], each moved by a swap.

import { wait } from "../abi";
import { Result } from "../result";
import { wake } from "./block";
import { resize } from "./memory";
import { Record } from "./record";

/** Bytes of an address, a pollable, and an index in the host's answer. */
const WORD: usize = 4;
const MAX_HOT: i32 = 32;

let count: i32 = 0;
let cold: i32 = 0;
let room: i32 = 0;
let threads: usize = 0;
/** With room for one more, the timer. */
let pollables: usize = 0;
/** The host's answer, as large. */
let ready: usize = 0;

/** Were there others than hot ones among those that the last poll has woken? */
export let wokeCold: bool = false;

export function hasWaiters(): bool {
  return count > 0;
}

/** Are there more than the hot ones? */
export function hasCold(): bool {
  return cold > 0;
}

export function addWaiter(thread: Record, pollable: i32): void {
  if (count == room) grow();
  put(count, changetype<usize>(thread), pollable);
  count++;
  // The one that has been hot for longest.
  if (count - cold > MAX_HOT) cold++;
}

export function removeWaiter(thread: Record): void {
  let gap = thread.slot;
  thread.slot = -1;
  if (gap < cold) {
    cold--;
    if (gap != cold) move(cold, gap);
    gap = cold;
  }
  count--;
  if (gap != count) move(count, gap);
}

export function forgetWaiters(): void {
  count = 0;
  cold = 0;
}

/** Asks the host which are ready, blocking until `deadline`, and wakes them; returns how many they were. */
export function poll(deadline: i64, hotOnly: bool): i32 {
  const from = hotOnly ? cold : 0;
  const found = <i32>wait(deadline, pollables + <usize>from * WORD, count - from, ready);
  wokeCold = false;
  // Removing one moves others: indices first become addresses.
  for (let i = 0; i < found; i++) {
    const index = load<u32>(ready + <usize>i * WORD) + from;
    if (index < <u32>cold) wokeCold = true;
    store<usize>(ready + <usize>i * WORD, load<usize>(threads + <usize>index * WORD));
  }
  for (let i = 0; i < found; i++) wake(load<Record>(ready + <usize>i * WORD), Result.OK);
  return found;
}

function put(slot: i32, thread: usize, pollable: i32): void {
  store<usize>(threads + <usize>slot * WORD, thread);
  store<i32>(pollables + <usize>slot * WORD, pollable);
  changetype<Record>(thread).slot = slot;
}

function move(from: i32, to: i32): void {
  put(to, load<usize>(threads + <usize>from * WORD), load<i32>(pollables + <usize>from * WORD));
}

function grow(): void {
  room = max(room << 1, 8);
  const bytes = (<usize>room + 1) * WORD;
  threads = resize(threads, bytes);
  pollables = resize(pollables, bytes);
  ready = resize(ready, bytes);
}
