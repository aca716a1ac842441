import { Tcb } from "./tcb";

/** A time that does not come. */
export const NEVER: i64 = i64.MAX_VALUE;

/**
 * When connections want to be looked at: a binary heap, the earliest first. One whose time moves to later stays where it is
 * and is put right when it comes to its turn: nearly all times move to later, as each acknowledgement does with the next
 * retransmission. So a segment costs nothing here, however many connections there are. Raw memory.
 */
@unmanaged
export class Timers {
  private heap: usize;
  private room: i32;
  size: i32;

  static create(): Timers {
    const block = heap.alloc(offsetof<Timers>());
    memory.fill(block, 0, offsetof<Timers>());
    return changetype<Timers>(block);
  }

  /** When the first one is due, or `NEVER`. */
  get next(): i64 {
    return this.size ? this.at(0).due : NEVER;
  }

  /** Takes the first one out, which is due. */
  take(): Tcb {
    const first = this.at(0);
    this.remove(first);
    return first;
  }

  /** Looks at a connection at this time or before. */
  // @ts-ignore: decorator
  @inline
  add(tcb: Tcb, time: i64): void {
    if (time < tcb.due) this.insert(tcb, time);
  }

  private insert(tcb: Tcb, time: i64): void {
    tcb.due = time;
    if (tcb.place >= 0) {
      this.rise(tcb, tcb.place);
      return;
    }
    if (this.size == this.room) {
      this.room = max(this.room << 1, 64);
      const bytes = <usize>this.room << alignof<usize>();
      this.heap = this.heap ? heap.realloc(this.heap, bytes) : heap.alloc(bytes);
    }
    this.rise(tcb, this.size++);
  }

  remove(tcb: Tcb): void {
    const place = tcb.place;
    if (place < 0) return;
    tcb.place = -1;
    tcb.due = NEVER;
    const moved = this.at(--this.size);
    if (moved == tcb) return;
    this.rise(moved, place);
    this.sink(moved, moved.place);
  }

  private at(place: i32): Tcb {
    return load<Tcb>(this.heap + (<usize>place << alignof<usize>()));
  }

  private put(tcb: Tcb, place: i32): void {
    store<Tcb>(this.heap + (<usize>place << alignof<usize>()), tcb);
    tcb.place = place;
  }

  private rise(tcb: Tcb, place: i32): void {
    while (place > 0) {
      const up = (place - 1) >> 1;
      const parent = this.at(up);
      if (tcb.due >= parent.due) break;
      this.put(parent, place);
      place = up;
    }
    this.put(tcb, place);
  }

  private sink(tcb: Tcb, place: i32): void {
    while (true) {
      let down = 2 * place + 1;
      if (down >= this.size) break;
      if (down + 1 < this.size && this.at(down + 1).due < this.at(down).due) down++;
      const child = this.at(down);
      if (child.due >= tcb.due) break;
      this.put(child, place);
      place = down;
    }
    this.put(tcb, place);
  }
}
