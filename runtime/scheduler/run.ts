// Which thread runs next. All of this runs outside any thread, and none of it is linked where `threads()` is false.

import { clock_monotonic, thread_resume } from "../abi";
import { exits } from "../link";
import { Result } from "../result";
import { wake } from "./block";
import { deadlock } from "./deadlock";
import { beginExit, isStopping } from "./exit";
import { jobs } from "./jobs";
import { runnable } from "./queue";
import { boot, NEVER, Record, setCurrent } from "./record";
import { Thread } from "./thread";
import { earliest, hasTimers } from "./timers";
import { hasCold, hasWaiters, poll, wokeCold } from "./waiters";

/** Runs between two looks at the clock: more while they are short. */
let stride: i32 = 1;
let untilGlance: i32 = 1;
let lastGlance: i64 = 0;
const SHORT: i64 = 100_000;
const LONG: i64 = 1_000_000;
const MAX_STRIDE: i32 = 64;

/** While threads can run, asking the host takes this part of the time at most: 1 of 20. */
const PAUSES_PER_POLL: i64 = 19;
/** But it is asked about the hot ones at least this often, in nanoseconds. */
const MAX_PAUSE: i64 = 10_000_000;
/** And about all of them so: what takes longer than that allows is a machine that had something else to do. */
const MAX_FULL_PAUSE: i64 = 100_000_000;
let nextPoll: i64 = 0;
let nextFullPoll: i64 = 0;

/** What the last full poll beside others has earned. */
let fullPause: i64 = 0;

/** How often in a row nothing could run and then only hot ones were ready. So often: they are waited for by themselves. */
let streak: i32 = 0;
const LIVELY: i32 = 4;

/** Runs all threads until the last job has ended, and then the at-exit tasks. */
export function run(): void {
  begin();
  while (true) {
    if (jobs == 0 || (exits() && isStopping())) {
      if (!exits() || !beginExit()) return;
    }
    turn();
    pace();
  }
}

/** Runs the first thread until it blocks. */
export function begin(): void {
  boot.begin(0, "main", 1);
  resume(boot);
}

/** Runs the thread whose turn it is; where none can run, waits for the first that can. */
export function turn(): void {
  const first = runnable.first;
  if (!first) return rest();
  runnable.remove(first);
  resume(first.thread);
}

/** To be called between two turns. */
export function pace(): void {
  if (--untilGlance <= 0) glance();
}

function resume(thread: Record): void {
  setCurrent(thread);
  if (thread_resume(changetype<usize>(thread))) noteSlice(thread);
  else changetype<Thread>(thread.owner).finish();
}

/** After a thread was suspended: the collector must see what its slice of the shadow stack holds. */
function noteSlice(thread: Record): void {
  let slot = thread.block + thread.frames;
  const end = slot + thread.shadow;
  for (; slot < end; slot += sizeof<usize>()) {
    const object = load<usize>(slot);
    if (object) __link(thread.owner, object, false);
  }
}

/** Nothing can run: waits for the first that can. */
function rest(): void {
  if (!hasTimers() && !hasWaiters()) deadlock();
  const deadline = hasTimers() ? earliest().deadline : NEVER;
  const all = !hasCold() || streak < LIVELY;
  if (all) {
    const found = poll(deadline, false);
    streak = wokeCold || !found ? 0 : min(streak + 1, LIVELY);
  } else {
    const until = min(nextFullPoll, lastGlance + MAX_PAUSE);
    const isOver = lastGlance >= until || (!poll(min(deadline, until), true) && until < deadline);
    // Where none of them is ready either, all are waited for.
    if (isOver && !pollBriefly(clock_monotonic(), true)) streak--;
  }
  lastGlance = clock_monotonic();
  if (all) nextFullPoll = lastGlance + fullPause;
  wakeTimers(lastGlance);
  // Another one would see the same.
  untilGlance = stride + 1;
}

/** Threads can run: looks, now and then, whether more can. */
function glance(): void {
  const now = clock_monotonic();
  const took = now - lastGlance;
  if (took < SHORT) stride = min(stride << 1, MAX_STRIDE);
  else if (took > LONG) stride = 1;
  lastGlance = now;
  wakeTimers(now);
  if (hasWaiters() && now >= nextPoll) pollBriefly(now, !hasCold() || now >= nextFullPoll);
  untilGlance = stride;
}

/**
 * The monotonic clock as it was looked at last: not long ago, while threads take turns. For drivers whose times need not be exact, since a
 * look is a call of the host's.
 */
export function lastLook(): i64 {
  return lastGlance;
}

/** Returns how many it has woken. */
function pollBriefly(before: i64, full: bool): i32 {
  const found = poll(0, !full);
  lastGlance = clock_monotonic();
  const pause = (lastGlance - before) * PAUSES_PER_POLL;
  if (full) {
    fullPause = min(pause, MAX_FULL_PAUSE);
    nextFullPoll = lastGlance + fullPause;
    if (wokeCold) streak = 0;
  }
  nextPoll = lastGlance + min(pause, MAX_PAUSE);
  return found;
}

function wakeTimers(now: i64): void {
  while (hasTimers() && earliest().deadline <= now) wake(earliest(), Result.TIMEOUT);
}
