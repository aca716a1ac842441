import { site } from "./link";
import { Result } from "./result";
import { blockIn, blocksAt, blockShielded, wakeFirst } from "./scheduler/block";
import { Awaited } from "./scheduler/queue";
import { current, Record } from "./scheduler/record";

/** A lock that one thread holds at a time. Those that wait get it in the order of their coming. */
export class Mutex extends Awaited {
  private holder: Record | null = null;

  get isLocked(): bool {
    return this.holder != null;
  }

  /** Blocks until the lock is the calling thread's. It is not when the answer is `CANCELLED`. Not to be taken twice. */
  @inline
  lock(): Result {
    blocksAt(site());
    return this.take();
  }

  private take(): Result {
    if (!this.holder) {
      this.holder = current;
      return Result.OK;
    }
    return blockIn(this.queue);
  }

  /** As `lock`, in a thread that may be cancelled and has to have it nevertheless. */
  @unsafe
  lockShielded(): void {
    if (this.holder) blockShielded(this.queue);
    else this.holder = current;
  }

  /** Hands the lock to the first that waits. By a thread that does not hold it the image aborts. */
  unlock(): void {
    if (this.holder != current) throw new Error("the thread does not hold the mutex");
    const first = this.queue.first;
    this.holder = first ? first.thread : null;
    wakeFirst(this.queue);
  }
}
