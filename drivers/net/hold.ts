/** Packets a neighbour whose address is not known yet may keep waiting; of more, the oldest go. */
const MOST: i32 = 16;

/** Copies of packets, in the order of their coming, in memory of their own that `release` gives back. */
export class Hold {
  count: i32 = 0;
  private readonly packets: StaticArray<usize> = new StaticArray<usize>(MOST);
  private readonly sizes: StaticArray<i32> = new StaticArray<i32>(MOST);

  push(packet: usize, size: i32): void {
    if (this.count == MOST) this.drop();
    const copy = heap.alloc(size);
    memory.copy(copy, packet, size);
    this.packets[this.count] = copy;
    this.sizes[this.count++] = size;
  }

  packet(index: i32): usize {
    return this.packets[index];
  }

  size(index: i32): i32 {
    return this.sizes[index];
  }

  /** The oldest one goes. */
  private drop(): void {
    heap.free(this.packets[0]);
    for (let i = 1; i < MOST; i++) {
      this.packets[i - 1] = this.packets[i];
      this.sizes[i - 1] = this.sizes[i];
    }
    this.count = MOST - 1;
  }

  release(): void {
    for (let i = 0; i < this.count; i++) heap.free(this.packets[i]);
    this.count = 0;
  }
}
