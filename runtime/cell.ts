import { site } from "./link";
import { failed, Outcome, Result } from "./result";
import { blockIn, blocksAt, wakeAll } from "./scheduler/block";
import { Queue } from "./scheduler/queue";

/** A value that is set once, and for which threads can wait. */
export class Cell<T> {
  private first: usize = 0;
  private last: usize = 0;
  private outcome: Outcome<T> | null = null;

  get isSet(): bool {
    return this.outcome != null;
  }

  /** Gives the cell its value and lets all who wait for it go on. A second time the image aborts. */
  set(value: T): void {
    if (this.outcome) throw new Error("the cell has its value already");
    this.outcome = new Outcome<T>(Result.OK, value);
    wakeAll(this.readers, Result.OK);
  }

  /** The value; blocks until it is set. */
  @inline
  get(): Outcome<T> {
    blocksAt(site());
    return this.read();
  }

  private read(): Outcome<T> {
    if (!this.outcome) {
      const result = blockIn(this.readers);
      if (result != Result.OK) return failed<T>(result);
    }
    return this.outcome!;
  }

  private get readers(): Queue {
    return changetype<Queue>(changetype<usize>(this) + offsetof<this>("first"));
  }
}
