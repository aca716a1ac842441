import { Record } from "./record";

/** A thread's place in a queue; a thread that waits for several things at once has several. */
@unmanaged
export class Entry {
  next: Entry | null;
  previous: Entry | null;
  /** The queue in which it stands. */
  queue: Queue | null;
  thread: Record;
}

/** Threads in the order of their coming: two addresses that live in the object whose queue it is. */
@unmanaged
export class Queue {
  first: Entry | null;
  last: Entry | null;

  push(entry: Entry): void {
    const last = this.last;
    entry.next = null;
    entry.previous = last;
    entry.queue = this;
    if (last) last.next = entry;
    else this.first = entry;
    this.last = entry;
  }

  remove(entry: Entry): void {
    const next = entry.next;
    const previous = entry.previous;
    if (next) next.previous = previous;
    else this.last = previous;
    if (previous) previous.next = next;
    else this.first = next;
    entry.queue = null;
  }
}

/** An object for which threads wait: it holds their queue. */
export abstract class Awaited {
  private first: usize = 0;
  private last: usize = 0;

  protected get queue(): Queue {
    return changetype<Queue>(changetype<usize>(this) + offsetof<Awaited>("first"));
  }
}

/** Those that can run. */
export const runnable = changetype<Queue>(memory.data(offsetof<Queue>(), 4));
