import { SocketFlow } from "mirage-wasm/drivers/stack/socket-flow";
import { HEADER } from "mirage-wasm/network";

/** Bytes before a frame: its length, big-endian. */
export const LENGTH: usize = 4;
/** Room for many frames, and for the longest and its length. */
const ROOM: i32 = 131_072;
/** What no peer sends as one frame: QEMU's buffers are as large. */
const LONGEST: i32 = 69_632;

/** What `next` may find instead of a frame. */
export const NONE: i32 = 0;
export const BROKEN: i32 = -1;
export const SKIPPED: i32 = -2;

/** Frames out of a stream: many in one read, or one in many. */
export class FrameReader {
  private readonly bytes: usize = heap.alloc(ROOM);
  /** What is read and not looked at: [from, to). */
  private from: i32 = 0;
  private to: i32 = 0;
  /** Where the last frame stands, until the next call. */
  frame: usize = 0;

  clear(): void {
    this.from = 0;
    this.to = 0;
  }

  /** The size of the next frame of at most `most` bytes, `SKIPPED` for one that is none, `NONE`, or `BROKEN`: a length that cannot be. */
  next(most: i32): i32 {
    const left = this.to - this.from;
    if (left < <i32>LENGTH) return NONE;
    const at = this.bytes + <usize>this.from;
    const size = bswap<u32>(load<u32>(at));
    if (size > <u32>LONGEST) return BROKEN;
    if (left < <i32>(LENGTH + size)) return NONE;
    this.from += <i32>(LENGTH + size);
    this.frame = at + LENGTH;
    return <i32>size < HEADER || <i32>size > most ? SKIPPED : <i32>size;
  }

  /** Reads what is there. Returns how many bytes, 0: nothing yet, or less: the stream has ended. */
  fill(flow: SocketFlow): i32 {
    const left = this.to - this.from;
    if (this.from) memory.copy(this.bytes, this.bytes + <usize>this.from, left);
    this.from = 0;
    this.to = left;
    const count = flow.take(this.bytes + <usize>left, ROOM - left);
    if (count > 0) this.to += count;
    return count;
  }
}
