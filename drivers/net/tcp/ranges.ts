import { put32 } from "../bytes";
import { isAfter, isBefore } from "./sequence";
import { Ring } from "./ring";

/** A range of sequence numbers, without its end. */
@unmanaged
class Range {
  start: u32;
  end: u32;
}

const SIZE: usize = offsetof<Range>();
/** Holes that a connection may have: what would make one more is dropped, and sent again. */
const MAX_RANGES: i32 = 64;

/**
 * What has arrived before what precedes it: ranges in their order, with a hole before each. Their bytes lie in the ring
 * already. A byte that is there is not written again, so that a later one of another content changes nothing. Raw memory,
 * part of a `Tcb`.
 */
@unmanaged
export class Ranges {
  private list: usize;
  count: i32;
  /** Where the last segments that made or widened one began. */
  private last: u32;
  private last1: u32;
  private last2: u32;
  private last3: u32;

  private at(index: i32): Range {
    return changetype<Range>(this.list + <usize>index * SIZE);
  }

  /** Puts the bytes from `start` to `end` to their places in `ring`, whose end is at `next`. False: there are too many holes. */
  insert(start: u32, end: u32, text: usize, ring: Ring, next: u32): bool {
    if (!this.list) this.list = heap.alloc(<usize>MAX_RANGES * SIZE);
    // The first range that ends at `start` or behind it, …
    let first = 0;
    while (first < this.count && isBefore(this.at(first).end, start)) first++;
    // … and the first one that begins behind `end`. Those between become one with the new one.
    let last = first;
    let at = start;
    const base = ring.used - <i32>next;
    while (last < this.count && !isAfter(this.at(last).start, end)) {
      const range = this.at(last);
      if (isBefore(at, range.start)) ring.put(base + <i32>at, text + (at - start), <i32>(range.start - at));
      if (isBefore(at, range.end)) at = range.end;
      last++;
    }
    if (last == first && this.count == MAX_RANGES) return false;
    this.last3 = this.last2;
    this.last2 = this.last1;
    this.last1 = this.last;
    this.last = start;
    if (isBefore(at, end)) ring.put(base + <i32>at, text + (at - start), <i32>(end - at));
    if (last > first) {
      if (isBefore(this.at(first).start, start)) start = this.at(first).start;
      if (isAfter(this.at(last - 1).end, end)) end = this.at(last - 1).end;
    }
    memory.copy(this.list + <usize>(first + 1) * SIZE, this.list + <usize>last * SIZE, <usize>(this.count - last) * SIZE);
    this.count += first + 1 - last;
    const range = this.at(first);
    range.start = start;
    range.end = end;
    return true;
  }

  /** Has all from `start` to `end` arrived? */
  holds(start: u32, end: u32): bool {
    for (let i = 0; i < this.count; i++) if (!isBefore(start, this.at(i).start) && !isAfter(end, this.at(i).end)) return true;
    return false;
  }

  /** Where what has arrived without a hole ends, when it ended at `next` before; that range leaves the list. */
  join(next: u32): u32 {
    if (!this.count || isAfter(this.at(0).start, next)) return next;
    const end = this.at(0).end;
    this.count--;
    memory.copy(this.list, this.list + SIZE, <usize>this.count * SIZE);
    return end;
  }

  /** Writes up to `most` of them to `at`, each as two numbers: those first that something has come into last (RFC 2018 section 4). How many. */
  tell(at: usize, most: i32): i32 {
    let count = this.tellOne(this.last, at, 0, most);
    count = this.tellOne(this.last1, at, count, most);
    count = this.tellOne(this.last2, at, count, most);
    count = this.tellOne(this.last3, at, count, most);
    // Then the nearest ones.
    for (let i = 0; i < this.count && count < most; i++) count = this.tellOne(this.at(i).start, at, count, most);
    return count;
  }

  private tellOne(number: u32, at: usize, count: i32, most: i32): i32 {
    let index = 0;
    while (index < this.count && !isBefore(number, this.at(index).end)) index++;
    if (count == most || index == this.count || isBefore(number, this.at(index).start)) return count;
    const range = this.at(index);
    for (let i = 0; i < count; i++) if (load<u32>(at + <usize>i * SIZE) == bswap<u32>(range.start)) return count;
    put32(at + <usize>count * SIZE, range.start);
    put32(at + <usize>count * SIZE + 4, range.end);
    return count + 1;
  }

  release(): void {
    if (this.list) heap.free(this.list);
    this.list = 0;
    this.count = 0;
  }
}
