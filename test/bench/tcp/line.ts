import { Ip, lowOf, V4_HIGH } from "mirage-wasm/drivers/net/ip";
import { Tcp } from "mirage-wasm/drivers/net/tcp/tcp";

const SLOT: usize = 2048;
const SLOTS: i32 = 1024;

/** Packets between two hosts, in their order. */
export class Line {
  readonly left: End;
  readonly right: End;
  first: Tcp | null = null;
  second: Tcp | null = null;

  constructor() {
    this.left = new End(0);
    this.right = new End(1);
  }

  /** Gives all packets to whom they are for. False: there were none. */
  deliver(now: i64): bool {
    const any = this.left.count + this.right.count;
    while (this.left.count) {
      const slot = this.left.pop();
      this.second!.input(V4_HIGH, addressOf(0), V4_HIGH, addressOf(1), slot + 8, load<i32>(slot), now);
    }
    while (this.right.count) {
      const slot = this.right.pop();
      this.first!.input(V4_HIGH, addressOf(1), V4_HIGH, addressOf(0), slot + 8, load<i32>(slot), now);
    }
    return any != 0;
  }
}

export class End extends Ip {
  private readonly memory: usize = heap.alloc(<usize>SLOTS * SLOT);
  private head: i32 = 0;
  count: i32 = 0;

  constructor(readonly number: i32) {
    super();
  }

  pop(): usize {
    const slot = this.memory + <usize>this.head * SLOT;
    this.head = (this.head + 1) & (SLOTS - 1);
    this.count--;
    return slot;
  }

  route(toHigh: u64, toLow: u64): bool {
    this.sourceLow = addressOf(this.number);
    return true;
  }

  isForMany(high: u64, low: u64): bool {
    return false;
  }

  room(toHigh: u64, toLow: u64): i32 {
    return 1480;
  }

  buffer(toHigh: u64, toLow: u64, size: i32): usize {
    return this.memory + <usize>((this.head + this.count) & (SLOTS - 1)) * SLOT + 8;
  }

  send(fromHigh: u64, fromLow: u64, toHigh: u64, toLow: u64, protocol: u32, size: i32, now: i64): bool {
    if (this.count == SLOTS - 1) return false;
    store<i32>(this.memory + <usize>((this.head + this.count) & (SLOTS - 1)) * SLOT, size);
    this.count++;
    return true;
  }
}

export function addressOf(number: i32): u64 {
  return lowOf(0x0100000a + (<u32>number << 24));
}
