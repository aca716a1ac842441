import { TCP } from "mirage-wasm/drivers/net/ip";
import { SeededRandom } from "mirage-wasm/drivers/random";
import { addressOf } from "./address";
import { FakeIp } from "./fake-ip";

const SLOT: usize = 2048;
/** Packets that can be on their way. */
export const SLOTS: i32 = 4096;

/** What the way does to packets: shares of 10,000, and times in nanoseconds. */
export class Faults {
  lost: u32 = 0;
  /** Of those without text. */
  lostEmpty: u32 = 0;
  doubled: u32 = 0;
  corrupted: u32 = 0;
  /** Those that take longer by up to `lateBy`. */
  late: u32 = 0;
  lateBy: u32 = 0;
  /** For all. */
  delay: i64 = 1_000_000;
}

/** A packet on its way. Raw memory: tests send millions of them. */
@unmanaged
export class Packet {
  at: i64;
  order: u64;
  toEnd: i32;
  size: i32;
}

/** The way between two hosts: packets wait in it for their time. */
export class Way {
  readonly faults: Faults = new Faults();
  readonly memory: usize = heap.alloc(<usize>SLOTS * SLOT);
  private readonly taken: usize = heap.alloc(SLOT);
  /** Slots in use come first. */
  readonly slots: StaticArray<usize> = new StaticArray<usize>(SLOTS);
  count: i32 = 0;
  sent: u64 = 0;
  /** The largest segment. */
  most: i32 = 0;
  /** Both ends drop everything while this is set. */
  isCut: bool = false;

  constructor(readonly random: SeededRandom) {
    for (let i = 0; i < SLOTS; i++) this.slots[i] = this.memory + <usize>i * SLOT;
  }

  happens(share: u32): bool {
    return share != 0 && this.random.below(10_000) < share;
  }

  carry(toEnd: i32, bytes: usize, size: i32, now: i64): void {
    this.sent++;
    this.most = max(this.most, size);
    if (this.isCut || this.happens(this.faults.lost)) return;
    if (size == <i32>(load<u8>(bytes, 12) >> 4) << 2 && this.happens(this.faults.lostEmpty)) return;
    this.put(toEnd, bytes, size, now);
    if (this.happens(this.faults.doubled)) this.put(toEnd, bytes, size, now);
  }

  private put(toEnd: i32, bytes: usize, size: i32, now: i64): void {
    if (this.count == SLOTS) return;
    const slot = this.slots[this.count++];
    const packet = changetype<Packet>(slot);
    let delay = this.faults.delay;
    if (this.happens(this.faults.late)) delay += this.random.below(this.faults.lateBy);
    packet.at = now + delay;
    packet.order = this.sent;
    packet.toEnd = toEnd;
    packet.size = size;
    const copy = slot + offsetof<Packet>();
    memory.copy(copy, bytes, size);
    if (this.happens(this.faults.corrupted)) {
      const at = copy + this.random.below(size);
      store<u8>(at, load<u8>(at) ^ <u8>(<u32>1 << this.random.below(8)));
    }
  }

  /** Index of the next packet, or -1. */
  next(): i32 {
    let best = -1;
    for (let i = 0; i < this.count; i++) {
      if (best < 0) {
        best = i;
        continue;
      }
      const one = changetype<Packet>(this.slots[i]);
      const other = changetype<Packet>(this.slots[best]);
      if (one.at < other.at || (one.at == other.at && one.order < other.order)) best = i;
    }
    return best;
  }

  at(index: i32): Packet {
    return changetype<Packet>(this.slots[index]);
  }

  /** Takes a packet out; its bytes are good until the next one. */
  take(index: i32): usize {
    const slot = this.slots[index];
    this.slots[index] = this.slots[--this.count];
    this.slots[this.count] = slot;
    // What is sent meanwhile takes the slot.
    memory.copy(this.taken, slot, SLOT);
    return this.taken + offsetof<Packet>();
  }
}

/** Who looks at what a wire sends. */
export abstract class Tap {
  /** True: it goes no further. */
  abstract takes(end: i32, toLow: u64, packet: usize, size: i32): bool;
}

/** One end of the way, as IP. Host 0 is 10.0.0.1, host 1 is 10.0.0.2. */
export class Wire extends FakeIp {
  tap: Tap | null = null;

  constructor(
    readonly way: Way,
    readonly end: i32,
  ) {
    super();
  }

  route(toHigh: u64, toLow: u64): bool {
    this.sourceLow = addressOf(this.end);
    return !this.hasNoRoute;
  }

  send(fromHigh: u64, fromLow: u64, toHigh: u64, toLow: u64, protocol: u32, size: i32, now: i64): bool {
    if (this.isFull) return false;
    const tap = this.tap;
    if (tap && tap.takes(this.end, toLow, this.out, size)) return true;
    if (protocol == TCP) this.way.carry(1 - this.end, this.out, size, now);
    return true;
  }
}
