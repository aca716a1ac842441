import { giveBlock, MIN_BLOCK, takeBlock } from "./blocks";

/**
 * Bytes in the order in which they go through a connection. The block under them is taken when there are some, grows by
 * doubling, and is given back when all are gone. Raw memory, part of a `Tcb`.
 */
@unmanaged
export class Ring {
  private block: usize;
  private capacity: i32;
  /** Where in the block the first byte lies. */
  private head: i32;
  /** Bytes in it, from the first on. Others may be put behind them before they count. */
  used: i32;

  /** Makes room for `size` bytes in all. False: there is no memory for so many. */
  reserve(size: i32): bool {
    return size <= this.capacity || this.grow(size);
  }

  /** Makes room for up to `size` bytes more, and returns for how many: fewer where memory is short, of which each ring has a little. */
  extend(size: i32): i32 {
    if (this.reserve(this.used + size)) return size;
    this.reserve(MIN_BLOCK);
    return min(size, this.capacity - this.used);
  }

  private grow(size: i32): bool {
    const capacity = max(MIN_BLOCK, size <= 1 ? 1 : 1 << (32 - clz(size - 1)));
    const block = takeBlock(capacity);
    if (!block) return false;
    if (this.block) {
      this.get(0, block, this.capacity);
      giveBlock(this.block, this.capacity);
    }
    this.block = block;
    this.capacity = capacity;
    this.head = 0;
    return true;
  }

  /** Copies bytes to `offset` behind the first one; there is room for them. */
  put(offset: i32, from: usize, size: i32): void {
    const at = (this.head + offset) & (this.capacity - 1);
    const rest = this.capacity - at;
    if (size <= rest) memory.copy(this.block + at, from, size);
    else {
      memory.copy(this.block + at, from, rest);
      memory.copy(this.block, from + rest, size - rest);
    }
  }

  /** Copies bytes from `offset` behind the first one. */
  get(offset: i32, to: usize, size: i32): void {
    const at = (this.head + offset) & (this.capacity - 1);
    const rest = this.capacity - at;
    if (size <= rest) memory.copy(to, this.block + at, size);
    else {
      memory.copy(to, this.block + at, rest);
      memory.copy(to + rest, this.block, size - rest);
    }
  }

  /** Removes the first `size` bytes. */
  drop(size: i32): void {
    this.head = (this.head + size) & (this.capacity - 1);
    this.used -= size;
  }

  /** Gives the block back, with all that is in it. */
  release(): void {
    if (this.block) giveBlock(this.block, this.capacity);
    this.block = 0;
    this.capacity = 0;
    this.head = 0;
    this.used = 0;
  }
}
