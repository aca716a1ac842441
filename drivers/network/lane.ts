import { Counter } from "mirage-wasm/metrics";
import { HEADER } from "mirage-wasm/network";
import { Result } from "mirage-wasm/result";
import { blockIn, wakeFirst } from "mirage-wasm/scheduler/block";
import { Awaited } from "mirage-wasm/scheduler/queue";

/** Frames on their way in one direction, at most; a power of two. */
const SLOTS: u32 = 256;

const lost = new Counter("pair.lost");

/** Frames on their way in one direction. What is sent is written where it is read. */
export class Lane extends Awaited {
  private readonly slotSize: i32;
  private readonly slots: usize;
  private readonly sizes: StaticArray<i32> = new StaticArray<i32>(SLOTS);
  private head: u32 = 0;
  private tail: u32 = 0;

  constructor(mtu: i32) {
    super();
    const slotSize = (HEADER + mtu + 7) & ~7;
    this.slotSize = slotSize;
    this.slots = heap.alloc(<usize>slotSize * SLOTS);
  }

  /** The slot of the next frame: there is always one that nobody reads. */
  get buffer(): usize {
    return this.slots + <usize>((this.head % SLOTS) * this.slotSize);
  }

  push(size: i32): bool {
    // The one that was read last is still its reader's.
    if (this.head - this.tail >= SLOTS - 2) {
      lost.add();
      return false;
    }
    this.sizes[this.head % SLOTS] = size;
    this.head++;
    return true;
  }

  pop(): i32 {
    return this.head == this.tail ? 0 : this.sizes[this.tail++ % SLOTS];
  }

  get frame(): usize {
    return this.slots + <usize>(((this.tail - 1) % SLOTS) * this.slotSize);
  }

  wake(): void {
    if (this.head != this.tail) wakeFirst(this.queue);
  }

  wait(deadline: i64): Result {
    return this.head != this.tail ? Result.OK : blockIn(this.queue, deadline);
  }
}
