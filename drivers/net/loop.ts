import { Counter } from "mirage-wasm/metrics";

/** Bytes that may be on their way at once. */
const CAPACITY: usize = 262_144;
/** Before each packet. */
const SIZE: usize = 4;

const lostCount = new Counter("loopback.lost");

/** Packets of a host to itself, in the order of their sending: copies, in a ring that is there once there is one. */
export class Loop {
  private ring: usize = 0;
  private head: usize = 0;
  private tail: usize = 0;
  private used: usize = 0;
  /** The packet that `pop` has taken, and its bytes of the ring, which are its own until the next `pop`. */
  packet: usize = 0;
  private popped: usize = 0;

  get isEmpty(): bool {
    return this.used == this.popped;
  }

  /** False: there is no room, and it is lost. */
  push(packet: usize, size: i32): bool {
    if (!this.ring) this.ring = heap.alloc(CAPACITY);
    const taken = (SIZE + <usize>size + 3) & ~3;
    // One that does not fit before the end begins anew; a size of 0 says so.
    const rest = CAPACITY - this.tail;
    const skipped = taken > rest ? rest : 0;
    if (this.used + skipped + taken > CAPACITY) {
      lostCount.add();
      return false;
    }
    if (skipped) {
      store<u32>(this.ring + this.tail, 0);
      this.tail = 0;
    }
    store<u32>(this.ring + this.tail, size);
    memory.copy(this.ring + this.tail + SIZE, packet, size);
    this.tail = (this.tail + taken) % CAPACITY;
    this.used += skipped + taken;
    return true;
  }

  /** Takes the next one. False: there is none. */
  pop(): bool {
    this.used -= this.popped;
    this.popped = 0;
    if (!this.used) return false;
    if (!load<u32>(this.ring + this.head)) {
      this.used -= CAPACITY - this.head;
      this.head = 0;
    }
    const taken = (SIZE + load<u32>(this.ring + this.head) + 3) & ~3;
    this.packet = this.ring + this.head + SIZE;
    this.head = (this.head + taken) % CAPACITY;
    this.popped = taken;
    return true;
  }
}
