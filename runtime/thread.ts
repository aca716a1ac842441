// Threads, as jobs use them: docs/threads.md.

import { site, usesThreads } from "./link";
import { Result } from "./result";
import { blocksAt, blockUntil } from "./scheduler/block";
import { deadlineAfter } from "./scheduler/group";
import { Task } from "./scheduler/task";
import { start, Thread } from "./scheduler/thread";

export { MICROSECOND, MILLISECOND, SECOND } from "./duration";
export { atExit } from "./scheduler/exit";
export { all, both, pick, timeout } from "./scheduler/group";
export { Task, task } from "./scheduler/task";
export { Thread } from "./scheduler/thread";

/** Starts a thread that runs `task`. It begins when the running thread next blocks, yields or ends. */
export function spawn(task: Task, name: string = "spawned"): Thread {
  usesThreads();
  return start(task, name);
}

/** Blocks the thread for `duration` nanoseconds; others run. `CANCELLED` when it was cancelled before they were over. */
// @ts-ignore: decorator
@inline
export function sleep(duration: i64): Result {
  blocksAt(site());
  return sleepFor(duration);
}

function sleepFor(duration: i64): Result {
  const result = blockUntil(deadlineAfter(duration));
  return result == Result.TIMEOUT ? Result.OK : result;
}
