// Packets out of fragments (RFC 791 section 3.2, RFC 8200 section 4.5), in bounded time and memory. A fragment that overlaps others
// ends its packet (RFC 5722): which bytes are right is nobody's to say.

import { Counter } from "mirage-wasm/metrics";
import { NO_DEADLINE } from "./ip";

/** Packets that may be incomplete at once: one more takes the place of the oldest. */
const MOST: i32 = 16;
/** RFC 1122 section 3.3.2 asks for 60 s or more; Linux and others keep to 30, since who sends fragments fills memory. */
const LIFETIME: i64 = 30_000_000_000;
const MAX_HEADER: i32 = 60;
const MAX_SIZE: i32 = 65535;
/** A bit for each 8 bytes. */
const BITMAP: i32 = 1024;

const receivedCount = new Counter("ip.fragments");
const droppedCount = new Counter("ip.fragments-dropped");
const timeoutsCount = new Counter("ip.reassembly-timeouts");

/** A packet that is not complete. Its memory: the bitmap, then the header, which ends where the payload begins. */
class Partial {
  block: usize = 0;
  /** Bytes of payload that the block has room for. */
  room: i32 = 0;
  /** Bytes of payload that are there, and that there are in all (-1: not known yet). */
  have: i32 = 0;
  end: i32 = -1;
  head: i32 = 0;
  /** Bytes of the first fragment's payload. */
  first: i32 = 0;

  constructor(
    readonly fromHigh: u64,
    readonly fromLow: u64,
    readonly toHigh: u64,
    readonly toLow: u64,
    readonly kind: u64,
    readonly until: i64,
  ) {}

  get payload(): usize {
    return this.block + BITMAP + MAX_HEADER;
  }

  get packet(): usize {
    return this.payload - this.head;
  }

  fit(end: i32): void {
    if (end <= this.room) return;
    // Most packets are a few fragments: to double is to copy each byte twice at most.
    const room = min(max(end, this.room * 2), MAX_SIZE + 8);
    const size = BITMAP + MAX_HEADER + room;
    if (this.block) this.block = heap.realloc(this.block, size);
    else {
      this.block = heap.alloc(size);
      memory.fill(this.block, 0, BITMAP);
    }
    this.room = room;
  }

  /** How many of the units of 8 bytes from `at` to `end` are there already. */
  count(at: i32, end: i32): i32 {
    let count = 0;
    for (let unit = at >> 3; unit << 3 < end; unit++) count += (<i32>load<u8>(this.block + (unit >> 3)) >> (unit & 7)) & 1;
    return count;
  }

  mark(at: i32, end: i32): void {
    for (let unit = at >> 3; unit << 3 < end; unit++) {
      const byte = this.block + (unit >> 3);
      store<u8>(byte, load<u8>(byte) | (<u8>1 << <u8>(unit & 7)));
    }
  }

  free(): void {
    heap.free(this.block);
  }
}

export class Reassembly {
  /** The oldest first. */
  private partials: Partial[] = [];
  /** The packet that `input` or `step` gave, until `release`. */
  private given: Partial | null = null;
  /** Of that one: bytes of payload that `input` gave, or of the whole that `step` did. */
  size: i32 = 0;
  /** When the oldest one's time is over. */
  due: i64 = NO_DEADLINE;
  /** What `step` found: a packet whose first fragment is there and whose time is over, or 0. */
  expired: usize = 0;

  /**
   * A fragment of `from`'s to `to`, which `kind` tells from his others: its header, of `head` bytes, and its payload of `length`, which stands at
   * `at` in the whole. Returns the packet when it is complete, with the first fragment's header, else 0.
   */
  input(header: usize, head: i32, payload: usize, length: i32, fromHigh: u64, fromLow: u64, toHigh: u64, toLow: u64, kind: u64, at: i32, isLast: bool, now: i64): usize {
    receivedCount.add();
    const end = at + length;
    // Section 3.2: all but the last have a multiple of 8 bytes.
    if (length <= 0 || end > MAX_SIZE - head || (!isLast && length & 7)) {
      droppedCount.add();
      return 0;
    }
    const partial = this.find(fromHigh, fromLow, toHigh, toLow, kind, now);
    partial.fit(end);
    const known = partial.count(at, end);
    const isInside = partial.end < 0 || (isLast ? end == partial.end : end <= partial.end);
    // It has come twice.
    if (isInside && known << 3 >= length) return 0;
    if (known || !isInside || (isLast && partial.have + length > end)) {
      this.drop(partial);
      return 0;
    }
    partial.mark(at, end);
    memory.copy(partial.payload + at, payload, length);
    partial.have += length;
    if (isLast) partial.end = end;
    if (!at) {
      partial.head = head;
      partial.first = length;
      memory.copy(partial.packet, header, head);
    }
    if (partial.have != partial.end) return 0;
    this.give(partial, partial.end);
    return partial.packet;
  }

  /** Drops those whose time is over, until there is one in `expired`: then it is to be called again. */
  step(now: i64): void {
    this.expired = 0;
    while (this.partials.length && this.partials[0].until <= now) {
      const oldest = this.partials[0];
      timeoutsCount.add();
      if (oldest.head) {
        this.give(oldest, oldest.head + oldest.first);
        this.expired = oldest.packet;
        return;
      }
      this.drop(oldest);
    }
    this.watch();
  }

  private watch(): void {
    this.due = this.partials.length ? this.partials[0].until : NO_DEADLINE;
  }

  /** Frees what was given. */
  release(): void {
    const given = this.given;
    if (given) given.free();
    this.given = null;
  }

  private give(partial: Partial, size: i32): void {
    this.partials.splice(this.partials.indexOf(partial), 1);
    this.given = partial;
    this.size = size;
  }

  private find(fromHigh: u64, fromLow: u64, toHigh: u64, toLow: u64, kind: u64, now: i64): Partial {
    for (let i = 0; i < this.partials.length; i++) {
      const partial = this.partials[i];
      const isSame = partial.kind == kind && partial.fromLow == fromLow && partial.toLow == toLow && partial.fromHigh == fromHigh && partial.toHigh == toHigh;
      if (isSame) return partial;
    }
    if (this.partials.length == MOST) this.drop(this.partials[0]);
    const partial = new Partial(fromHigh, fromLow, toHigh, toLow, kind, now + LIFETIME);
    this.partials.push(partial);
    this.watch();
    return partial;
  }

  private drop(partial: Partial): void {
    droppedCount.add();
    this.partials.splice(this.partials.indexOf(partial), 1);
    partial.free();
  }
}
