import { site } from "./link";
import { failed, Outcome, Result } from "./result";
import { blockIn, blocksAt, wakeAll } from "./scheduler/block";
import { Awaited } from "./scheduler/queue";

/** A value that is set once, and for which threads can wait. */
export class Cell<T> extends Awaited {
  private outcome: Outcome<T> | null = null;

  get isSet(): bool {
    return this.outcome != null;
  }

  /** Gives the cell its value and lets all who wait for it go on. A second time the image aborts. */
  set(value: T): void {
    if (this.outcome) throw new Error("the cell has its value already");
    this.outcome = new Outcome<T>(Result.OK, value);
    wakeAll(this.queue, Result.OK);
  }

  /** The value; blocks until it is set. */
  @inline
  get(): Outcome<T> {
    blocksAt(site());
    return this.read();
  }

  private read(): Outcome<T> {
    if (!this.outcome) {
      const result = blockIn(this.queue);
      if (result != Result.OK) return failed<T>(result);
    }
    return this.outcome!;
  }
}
