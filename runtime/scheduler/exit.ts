// How an image with at-exit tasks ends: after its last job, or when the host calls `shutdown`.

import { exits, usesExits, usesThreads } from "../link";
import { beginJobs, endJob } from "./jobs";
import { runnable } from "./queue";
import { Task } from "./task";
import { forgetThreads, start } from "./thread";
import { forgetTimers } from "./timers";
import { forgetWaiters } from "./waiters";

const tasks = exits() ? new Array<Task>() : changetype<Array<Task>>(0);
let stopping: bool = false;

/**
 * Runs `task` when the image ends: after the last job, or when its host shuts it down (`xl shutdown`). The last one
 * registered runs first, all in one thread that may block; no other thread runs any more. Not when the image aborts,
 * traps or exits at once.
 */
export function atExit(task: Task): void {
  usesThreads();
  usesExits();
  tasks.push(task);
}

/** Exported to the host, which may call it while the image waits. */
export function shutdown(): void {
  stopping = true;
}

export function isStopping(): bool {
  return stopping;
}

/** Drops all threads for one that runs the tasks; false when there are none. */
export function beginExit(): bool {
  stopping = false;
  if (!tasks.length) return false;
  runnable.first = null;
  runnable.last = null;
  forgetTimers();
  forgetWaiters();
  forgetThreads();
  beginJobs(1);
  start(new Exit(), "at exit");
  return true;
}

class Exit extends Task {
  run(): void {
    while (tasks.length) tasks.pop().run();
    endJob(0);
  }
}
