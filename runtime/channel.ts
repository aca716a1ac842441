import { site } from "./link";
import { failed, nothing, Outcome, Result } from "./result";
import { blockIn, blocksAt, wakeAll, wakeFirst } from "./scheduler/block";
import { Queue } from "./scheduler/queue";

/**
 * Values on their way from threads to threads, at most `capacity` of them. Every value is received once, in the order of
 * the sends; senders and receivers that wait are served in the order of their coming.
 */
export class Channel<T> {
  private firstSender: usize = 0;
  private lastSender: usize = 0;
  private firstReceiver: usize = 0;
  private lastReceiver: usize = 0;
  private readonly values: StaticArray<T>;
  private head: i32 = 0;
  private count: i32 = 0;
  private closed: bool = false;
  // Room and values that a woken thread will find when it runs: whoever comes before it must not take them.
  private reserved: i32 = 0;
  private promised: i32 = 0;

  constructor(public readonly capacity: i32) {
    if (capacity < 1) throw new Error("a channel has a capacity of 1 at least");
    this.values = new StaticArray<T>(capacity);
  }

  get isClosed(): bool {
    return this.closed;
  }

  /** Values that nobody has received. */
  get length(): i32 {
    return this.count;
  }

  /** Blocks while the channel is full. The value is not sent when the answer is `CLOSED` or `CANCELLED`. */
  @inline
  send(value: T): Result {
    blocksAt(site());
    return this.add(value);
  }

  private add(value: T): Result {
    if (this.closed) return Result.CLOSED;
    if (this.reserved || this.senders.first || this.count == this.capacity) {
      const result = blockIn(this.senders);
      if (result != Result.OK) return result;
      this.reserved--;
      if (this.closed) return Result.CLOSED;
    }
    this.put(value);
    this.serve();
    return Result.OK;
  }

  /** The next value; blocks while there is none. `CLOSED` when there will be none any more. */
  @inline
  receive(): Outcome<T> {
    blocksAt(site());
    return this.next();
  }

  private next(): Outcome<T> {
    if (this.promised || this.receivers.first || !this.count) {
      if (this.closed && this.count == this.promised) return failed<T>(Result.CLOSED);
      if (!this.closed) {
        const result = blockIn(this.receivers);
        if (result != Result.OK) return failed<T>(result);
        this.promised--;
      }
    }
    const value = this.take();
    this.serve();
    return new Outcome<T>(Result.OK, value);
  }

  /** Nothing can be sent any more. What was sent can be received. */
  close(): void {
    if (this.closed) return;
    this.closed = true;
    wakeAll(this.senders, Result.CLOSED);
    wakeAll(this.receivers, Result.CLOSED);
  }

  /** Wakes those for whom there are values and room. */
  private serve(): void {
    while (this.promised < this.count && wakeFirst(this.receivers)) this.promised++;
    while (this.count + this.reserved < this.capacity && wakeFirst(this.senders)) this.reserved++;
  }

  private put(value: T): void {
    let at = this.head + this.count;
    if (at >= this.capacity) at -= this.capacity;
    unchecked((this.values[at] = value));
    this.count++;
  }

  private take(): T {
    const at = this.head;
    const value = unchecked(this.values[at]);
    // The collector need not keep it.
    if (isReference<T>()) unchecked((this.values[at] = nothing<T>()));
    this.head = at + 1 == this.capacity ? 0 : at + 1;
    this.count--;
    return value;
  }

  private get senders(): Queue {
    return changetype<Queue>(changetype<usize>(this) + offsetof<this>("firstSender"));
  }

  private get receivers(): Queue {
    return changetype<Queue>(changetype<usize>(this) + offsetof<this>("firstReceiver"));
  }
}
