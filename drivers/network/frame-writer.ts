import { SocketFlow } from "mirage-wasm/drivers/stack/socket-flow";
import { HEADER } from "mirage-wasm/network";
import { LENGTH } from "./frame-reader";

/** What waits for a peer that does not read; more is lost. */
const ROOM: i32 = 262_144;
/** What is worth a call of the host's. */
const ENOUGH: i32 = 65_536;

/** Frames into a stream. */
export class FrameWriter {
  private readonly bytes: usize;
  /** What is to be sent: [from, to). */
  private from: i32 = 0;
  private to: i32 = 0;

  /** `mtu`: of the frames. */
  constructor(private readonly mtu: i32) {
    // Behind all there is room for a frame that is going to be lost.
    this.bytes = heap.alloc(<usize>(ROOM + HEADER + mtu) + LENGTH);
  }

  get isEmpty(): bool {
    return this.from == this.to;
  }

  get isFull(): bool {
    return this.to - this.from >= ENOUGH;
  }

  clear(): void {
    this.from = 0;
    this.to = 0;
  }

  /** Where the next frame is to be written. */
  get next(): usize {
    return this.bytes + <usize>this.to + LENGTH;
  }

  /** The frame at `next` is to be sent. False: there was no room. */
  push(size: i32): bool {
    if (this.to + size > ROOM) return false;
    store<u32>(this.bytes + <usize>this.to, bswap<u32>(size));
    this.to += <i32>LENGTH + size;
    return true;
  }

  /** Writes what the host takes. False: the stream is broken. */
  flush(flow: SocketFlow): bool {
    while (this.from < this.to) {
      const count = flow.offer(this.bytes + <usize>this.from, this.to - this.from);
      if (count < 0) return false;
      if (!count) break;
      this.from += count;
    }
    // What is left moves to the start: mostly nothing.
    const left = this.to - this.from;
    if (this.from) {
      memory.copy(this.bytes, this.bytes + <usize>this.from, left);
      this.from = 0;
      this.to = left;
    }
    return true;
  }
}
