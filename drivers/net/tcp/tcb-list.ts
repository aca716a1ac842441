import { Tcb } from "./tcb";

/** Connections in the order of their coming; each is in one list at most. Raw memory, zeroed. */
@unmanaged
export class TcbList {
  oldest: Tcb | null;
  newest: Tcb | null;
  length: i32;

  static create(): TcbList {
    const block = heap.alloc(offsetof<TcbList>());
    memory.fill(block, 0, offsetof<TcbList>());
    return changetype<TcbList>(block);
  }

  push(tcb: Tcb): void {
    const newest = this.newest;
    tcb.list = this;
    tcb.newer = null;
    tcb.older = newest;
    if (newest) newest.newer = tcb;
    else this.oldest = tcb;
    this.newest = tcb;
    this.length++;
  }

  remove(tcb: Tcb): void {
    const newer = tcb.newer;
    const older = tcb.older;
    if (newer) newer.older = older;
    else this.newest = older;
    if (older) older.newer = newer;
    else this.oldest = newer;
    tcb.list = null;
    this.length--;
  }
}
