import { site } from "./link";
import { Result } from "./result";
import { blockIn, blocksAt, wakeFirst } from "./scheduler/block";
import { Awaited } from "./scheduler/queue";

/** A number of permits. Threads that wait for one get it in the order of their coming. */
export class Semaphore extends Awaited {
  constructor(private permits: i32) {
    super();
    if (permits < 0) throw new Error("a semaphore has 0 permits at least");
  }

  /** Permits that nobody has. */
  get available(): i32 {
    return this.permits;
  }

  /** Takes a permit, blocking until there is one. There is none when the answer is `CANCELLED`. */
  @inline
  acquire(): Result {
    blocksAt(site());
    return this.take();
  }

  private take(): Result {
    if (!this.permits) return blockIn(this.queue);
    this.permits--;
    return Result.OK;
  }

  /** Gives a permit back, or one more. */
  release(): void {
    if (!wakeFirst(this.queue)) this.permits++;
  }
}
