import { Thread } from "./scheduler";

/** Sleeping threads: a binary heap, the earliest deadline first, and of equal ones who slept first. */
export class Timers {
  private heap: Array<Thread> = new Array<Thread>();
  private count: u64 = 0;

  get size(): i32 {
    return this.heap.length;
  }

  first(): Thread {
    return this.heap[0];
  }

  add(thread: Thread): void {
    thread.since = this.count++;
    this.heap.push(thread);
    this.rise(thread, this.heap.length - 1);
  }

  remove(thread: Thread): void {
    const place = thread.place;
    thread.place = -1;
    const moved = this.heap.pop();
    if (moved == thread) return;
    this.rise(moved, place);
    this.sink(moved, moved.place);
  }

  private before(a: Thread, b: Thread): bool {
    return a.deadline < b.deadline || (a.deadline == b.deadline && a.since < b.since);
  }

  private put(thread: Thread, place: i32): void {
    this.heap[place] = thread;
    thread.place = place;
  }

  private rise(thread: Thread, place: i32): void {
    while (place > 0) {
      const up = (place - 1) >> 1;
      const parent = this.heap[up];
      if (!this.before(thread, parent)) break;
      this.put(parent, place);
      place = up;
    }
    this.put(thread, place);
  }

  private sink(thread: Thread, place: i32): void {
    const size = this.heap.length;
    while (true) {
      let down = 2 * place + 1;
      if (down >= size) break;
      if (down + 1 < size && this.before(this.heap[down + 1], this.heap[down])) down++;
      const child = this.heap[down];
      if (!this.before(child, thread)) break;
      this.put(child, place);
      place = down;
    }
    this.put(thread, place);
  }
}
