import { Unreachable, Waiter } from "./ip";

/** Bytes that wait in it for its reader, at most. */
const CAPACITY: i32 = 131_072;

/** `receive` of what has nothing. */
export const EMPTY: i32 = -1;
/** `receive`: a message that was sent did not arrive; `why`, and whom it was for. */
export const LOST: i32 = -2;
const ARRIVED: i32 = -1;

/** A message that waits: who sent it, and its bytes behind. */
@unmanaged
class Waiting {
  next: Waiting | null;
  fromHigh: u64;
  fromLow: u64;
  fromPort: u32;
  size: i32;
  /** `ARRIVED`, or an `Unreachable`. */
  why: i32;
}

/** Messages that have come and wait for their reader: copies, in the order of their arrival. */
export class Mailbox {
  /** Who waits for one. */
  waiter: Waiter | null = null;
  /** Those that were sent and did not arrive are told of here. */
  hearsErrors: bool = false;
  /** Who sent the one that was received last, or whom it was for. */
  fromHigh: u64 = 0;
  fromLow: u64 = 0;
  fromPort: u32 = 0;
  why: Unreachable = Unreachable.HOST;
  private first: Waiting | null = null;
  private last: Waiting | null = null;
  private held: i32 = 0;

  get isEmpty(): bool {
    return !this.first;
  }

  /** Copies the next message to `at`; what is more than `size` bytes of it is lost. Returns its size, `EMPTY` or `LOST`. */
  receive(at: usize, size: i32): i32 {
    const message = this.first;
    if (!message) return EMPTY;
    this.first = message.next;
    if (!this.first) this.last = null;
    this.fromHigh = message.fromHigh;
    this.fromLow = message.fromLow;
    this.fromPort = message.fromPort;
    let result = LOST;
    if (message.why == ARRIVED) {
      result = min(message.size, size);
      memory.copy(at, changetype<usize>(message) + offsetof<Waiting>(), result);
    } else this.why = message.why;
    this.held -= message.size + <i32>offsetof<Waiting>();
    heap.free(changetype<usize>(message));
    return result;
  }

  /** A copy of what has come. False: there is no room. */
  push(fromHigh: u64, fromLow: u64, fromPort: u32, data: usize, size: i32): bool {
    return this.put(fromHigh, fromLow, fromPort, data, size, ARRIVED);
  }

  /** One of its own, to that address, did not arrive. */
  lost(toHigh: u64, toLow: u64, toPort: u32, why: Unreachable): void {
    if (this.hearsErrors) this.put(toHigh, toLow, toPort, 0, 0, why);
  }

  /** What nobody has read is gone. */
  empty(): void {
    while (this.receive(0, 0) != EMPTY) {}
  }

  private put(fromHigh: u64, fromLow: u64, fromPort: u32, data: usize, size: i32, why: i32): bool {
    const taken = size + <i32>offsetof<Waiting>();
    if (this.held + taken > CAPACITY) return false;
    const message = changetype<Waiting>(heap.alloc(taken));
    message.next = null;
    message.fromHigh = fromHigh;
    message.fromLow = fromLow;
    message.fromPort = fromPort;
    message.size = size;
    message.why = why;
    memory.copy(changetype<usize>(message) + offsetof<Waiting>(), data, size);
    const last = this.last;
    if (last) last.next = message;
    else this.first = message;
    this.last = message;
    this.held += taken;
    const waiter = this.waiter;
    if (waiter) waiter.wake();
    return true;
  }
}
