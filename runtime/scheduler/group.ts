// Waiting for several threads.

import { clock_monotonic } from "../abi";
import { site } from "../link";
import { Result } from "../result";
import { blockInAll, blocksAt, isCancelled } from "./block";
import { Entry } from "./queue";
import { current, NEVER } from "./record";
import { Thread } from "./thread";

/**
 * Blocks until the first of `threads` has ended, cancels the others, and returns the index of that one: the lowest, if
 * several have. When the calling thread is cancelled, all of them are, and the answer is `Result.CANCELLED`.
 */
// @ts-ignore: decorator
@inline
export function pick(threads: Thread[]): i32 {
  blocksAt(site());
  return pickFirst(threads);
}

/** Blocks until all of `threads` have ended. When the calling thread is cancelled, all of them are. */
// @ts-ignore: decorator
@inline
export function all(threads: Thread[]): Result {
  blocksAt(site());
  return joinAll(threads);
}

/** As `all`, of two. */
// @ts-ignore: decorator
@inline
export function both(a: Thread, b: Thread): Result {
  blocksAt(site());
  return joinAll([a, b]);
}

/** Blocks until `thread` has ended, for `duration` nanoseconds at most: then it is cancelled, and the answer `TIMEOUT`. */
// @ts-ignore: decorator
@inline
export function timeout(duration: i64, thread: Thread): Result {
  blocksAt(site());
  return joinFor(duration, thread);
}

/** The monotonic clock's reading after `duration`; a time too far to come is not the same as none. */
export function deadlineAfter(duration: i64): i64 {
  const now = clock_monotonic();
  return duration >= NEVER - now ? NEVER - 1 : now + duration;
}

function pickFirst(threads: Thread[]): i32 {
  if (!threads.length) throw new Error("pick needs one thread at least");
  let first = firstEnded(threads);
  if (first < 0 && joinAny(threads) == Result.OK) first = firstEnded(threads);
  for (let i = 0; i < threads.length; i++) threads[i].cancel();
  return first < 0 ? Result.CANCELLED : first;
}

function joinAll(threads: Thread[]): Result {
  for (let i = 0; i < threads.length; i++) {
    if (threads[i].joinUntil(NEVER) == Result.OK) continue;
    for (let j = 0; j < threads.length; j++) threads[j].cancel();
    return Result.CANCELLED;
  }
  return Result.OK;
}

function joinFor(duration: i64, thread: Thread): Result {
  const result = thread.joinUntil(deadlineAfter(duration));
  if (result != Result.OK) thread.cancel();
  return result;
}

function firstEnded(threads: Thread[]): i32 {
  for (let i = 0; i < threads.length; i++) if (threads[i].isEnded) return i;
  return -1;
}

/** Blocks until one of `threads`, of which none has ended, does. */
function joinAny(threads: Thread[]): Result {
  const me = current;
  if (isCancelled(me)) return Result.CANCELLED;
  const count = threads.length;
  const entries = heap.alloc(<usize>count * offsetof<Entry>());
  for (let i = 0; i < count; i++) {
    const entry = changetype<Entry>(entries + <usize>i * offsetof<Entry>());
    entry.thread = me;
    threads[i].record!.joiners.push(entry);
  }
  const result = blockInAll(entries, count, NEVER);
  heap.free(entries);
  return result;
}
