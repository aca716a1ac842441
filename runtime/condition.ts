import { site } from "./link";
import { Mutex } from "./mutex";
import { Result } from "./result";
import { blockIn, blocksAt, wakeAll, wakeFirst } from "./scheduler/block";
import { NEVER } from "./scheduler/record";
import { Awaited } from "./scheduler/queue";

/** Something about data under a mutex that threads wait for. */
export class Condition extends Awaited {
  /**
   * Unlocks `mutex`, blocks until a signal, and locks it again, whatever the answer: `CANCELLED`, or `TIMEOUT` when the
   * monotonic clock reaches `deadline` before. What was waited for may be gone again by then: look, in a loop.
   */
  @inline
  wait(mutex: Mutex, deadline: i64 = NEVER): Result {
    blocksAt(site());
    return this.waitUntil(mutex, deadline);
  }

  private waitUntil(mutex: Mutex, deadline: i64): Result {
    mutex.unlock();
    const result = blockIn(this.queue, deadline);
    mutex.lockShielded();
    return result;
  }

  /** Wakes the thread that has waited for longest. */
  signal(): void {
    wakeFirst(this.queue);
  }

  /** Wakes all that wait. */
  broadcast(): void {
    wakeAll(this.queue, Result.OK);
  }
}
