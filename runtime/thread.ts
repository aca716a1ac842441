// Threads, as jobs use them. They are cooperative: one runs until it blocks, yields or ends. scheduler.ts picks the next.

import { clock_monotonic } from "./abi";
import { usesThreads } from "./link";
import { block, NEVER, schedule, suspend, Thread } from "./scheduler";

export { Thread } from "./scheduler";

export const MICROSECOND: i64 = 1_000;
export const MILLISECOND: i64 = 1_000_000;
export const SECOND: i64 = 1_000_000_000;

/** What a thread does. Its fields are the thread's arguments and results: AssemblyScript has no closures. */
export abstract class Task {
  abstract run(): void;
}

/** Starts a thread that runs `task`. It begins when the running thread next blocks, yields or ends. */
export function spawn(task: Task, name: string = "spawned"): Thread {
  usesThreads();
  const thread = new Thread(name);
  thread.task = task;
  schedule(thread);
  return thread;
}

/** Blocks the thread for `duration` nanoseconds; others run. */
export function sleep(duration: i64): void {
  const now = clock_monotonic();
  block(-1, duration > NEVER - now ? NEVER : now + duration);
}
