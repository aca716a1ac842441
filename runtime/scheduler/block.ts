// How a thread comes to rest and how it is woken. Outside the scheduler only drivers need this.

import { thread_suspend, wait } from "../abi";
import { threads } from "../link";
import { Result } from "../result";
import { deadlock } from "./deadlock";
import { Entry, Queue, runnable } from "./queue";
import { current, NEVER, Record } from "./record";
import { addTimer, removeTimer } from "./timers";
import { addWaiter, removeWaiter } from "./waiters";

export { NEVER } from "./record";

/** Puts a thread that stands in no queue at the end of those that can run. */
export function schedule(thread: Record): void {
  runnable.push(thread.entry);
}

/**
 * Notes where the running thread is about to block, for the report of a deadlock: `site()`, in a function that is inlined
 * into the user's.
 */
// @ts-ignore: decorator
@inline
export function blocksAt(site: u32): void {
  if (threads()) current.site = site;
}

/**
 * Blocks the running thread until `pollable` is ready (`OK`), the clock reaches `deadline` (`TIMEOUT`; `NEVER`: none) or
 * somebody cancels it (`CANCELLED`). In a thread that was cancelled it only lets the others run.
 */
export function block(pollable: i32, deadline: i64): Result {
  if (!threads()) return waitAlone(pollable, deadline);
  const me = current;
  if (isCancelled(me)) return Result.CANCELLED;
  addWaiter(me, pollable);
  return suspend(me, deadline);
}

/** As `block`, without a pollable. */
export function blockUntil(deadline: i64): Result {
  if (!threads()) return waitAlone(-1, deadline);
  const me = current;
  if (isCancelled(me)) return Result.CANCELLED;
  return suspend(me, deadline);
}

/** As `block`, until somebody wakes the first in `queue`. */
export function blockIn(queue: Queue, deadline: i64 = NEVER): Result {
  if (!threads()) {
    if (deadline == NEVER) deadlock();
    return waitAlone(-1, deadline);
  }
  const me = current;
  if (isCancelled(me)) return Result.CANCELLED;
  queue.push(me.entry);
  return suspend(me, deadline);
}

/** As `blockIn`, for one who must be woken by the queue alone. */
export function blockShielded(queue: Queue): void {
  if (!threads()) {
    deadlock();
    return;
  }
  const me = current;
  me.shielded = true;
  queue.push(me.entry);
  suspend(me, NEVER);
  me.shielded = false;
}

/** As `blockIn`, in the `count` queues in which the caller has put the entries at `entries`. */
export function blockInAll(entries: usize, count: i32, deadline: i64): Result {
  const me = current;
  me.entries = entries;
  me.entryCount = count;
  const result = suspend(me, deadline);
  me.entries = changetype<usize>(me.entry);
  me.entryCount = 1;
  return result;
}

/** One that ignores its cancellation and tries again for ever must not keep the others from running. */
export function isCancelled(me: Record): bool {
  if (!me.cancelled) return false;
  schedule(me);
  thread_suspend();
  return true;
}

function suspend(me: Record, deadline: i64): Result {
  me.blocked = true;
  if (deadline != NEVER) {
    me.deadline = deadline;
    addTimer(me);
  }
  thread_suspend();
  return me.outcome;
}

/** In an image of one thread. */
function waitAlone(pollable: i32, deadline: i64): Result {
  if (pollable < 0) {
    wait(deadline, 0, 0, 0);
    return Result.TIMEOUT;
  }
  const list: usize = memory.data(16, 4);
  store<i32>(list, pollable);
  return wait(deadline, list, 1, list + 8) ? Result.OK : Result.TIMEOUT;
}

/** Lets a blocked thread go on, with `outcome` as what it waited for. */
export function wake(thread: Record, outcome: Result): void {
  if (!thread.blocked) return;
  thread.blocked = false;
  thread.outcome = outcome;
  const entries = thread.entries;
  for (let i = 0; i < thread.entryCount; i++) {
    const entry = changetype<Entry>(entries + <usize>i * offsetof<Entry>());
    const queue = entry.queue;
    if (queue) queue.remove(entry);
  }
  if (thread.place >= 0) removeTimer(thread);
  if (thread.slot >= 0) removeWaiter(thread);
  schedule(thread);
}

/** Wakes the first in `queue`; returns whether there was one. */
export function wakeFirst(queue: Queue, outcome: Result = Result.OK): bool {
  const first = queue.first;
  if (!first) return false;
  wake(first.thread, outcome);
  return true;
}

export function wakeAll(queue: Queue, outcome: Result): void {
  while (wakeFirst(queue, outcome)) {}
}
