// Two networks that are each other's other end, in one image.

import { Counter } from "mirage-wasm/metrics";
import { Adapter, HEADER } from "mirage-wasm/network";
import { Result } from "mirage-wasm/result";
import { blockIn, NEVER, wakeFirst } from "mirage-wasm/scheduler/block";
import { Awaited } from "mirage-wasm/scheduler/queue";

/** Frames on their way in one direction, at most; a power of two. */
const SLOTS: u32 = 256;

/** Frames on their way in one direction. What is sent is written where it is read. */
export class Lane extends Awaited {
  private readonly slots: usize;
  private readonly sizes: StaticArray<i32> = new StaticArray<i32>(SLOTS);
  private head: u32 = 0;
  private tail: u32 = 0;
  private lost: Counter = new Counter("pair.lost");

  constructor(private readonly slotSize: i32) {
    super();
    this.slots = heap.alloc(<usize>slotSize * SLOTS);
  }

  /** The slot of the next frame: there is always one that nobody reads. */
  get buffer(): usize {
    return this.slots + <usize>((this.head % SLOTS) * this.slotSize);
  }

  push(size: i32): bool {
    // The one that was read last is still its reader's.
    if (this.head - this.tail >= SLOTS - 2) {
      this.lost.add();
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

/** Both directions. */
export class Cable {
  readonly there: Lane;
  readonly back: Lane;

  /** `name` tells one from another in config.ts. */
  constructor(
    name: string,
    readonly mtu: i32,
  ) {
    const slotSize = (HEADER + mtu + 7) & ~7;
    this.there = new Lane(slotSize);
    this.back = new Lane(slotSize);
  }
}

/** One end of a cable. */
export class End extends Adapter {
  constructor(
    mac: u64,
    mtu: i32,
    private readonly out: Lane,
    private readonly into: Lane,
  ) {
    super(mac, mtu);
  }

  buffer(): usize {
    return this.out.buffer;
  }

  send(size: i32): bool {
    return this.out.push(size);
  }

  flush(): void {
    this.out.wake();
  }

  receive(): i32 {
    return this.into.pop();
  }

  frame(): usize {
    return this.into.frame;
  }

  wait(deadline: i64 = NEVER): Result {
    return this.into.wait(deadline);
  }
}

/** 02:00:00:00:01:01 and …:02, which are nobody's (IEEE 802: administered locally). */
const FIRST: u64 = 0x010100000002;
const SECOND: u64 = 0x020100000002;

export class FirstEnd extends End {
  constructor(cable: Cable) {
    super(FIRST, cable.mtu, cable.there, cable.back);
  }
}

export class SecondEnd extends End {
  constructor(cable: Cable) {
    super(SECOND, cable.mtu, cable.back, cable.there);
  }
}
