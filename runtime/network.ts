// Frames of Ethernet (IEEE 802.3), from the address of their destination to the end of their payload, out and in.

import { Result } from "./result";
import { NEVER } from "./scheduler/record";

/** Bytes of a frame's header: destination, source, type. */
export const HEADER: i32 = 14;

/**
 * A way to others by frames. Jobs that look at a few of them use `read` and `write`; what has many to move does without
 * copies: `buffer`, `send` and `flush`, `receive`, `frame` and `wait`.
 */
export interface Network {
  /** This end's address (`mirage-wasm/mac`). Frames to others arrive too. */
  mac(): u64;

  /** The most bytes that may stand behind the header of a frame. */
  mtu(): i32;

  /** Sends the first `size` bytes of `frame`. False: there was no room for it, and it is lost and counted. */
  write(frame: Uint8Array, size: i32): bool;

  /**
   * Reads the next frame into `frame`, blocking the thread until there is one. Returns its size (what does not fit is cut
   * off), `Result.TIMEOUT` when the monotonic clock reaches `deadline` before, `CANCELLED`, or `CLOSED`: there will be no more.
   */
  read(frame: Uint8Array, deadline: i64): i32;

  /** Where the next frame is to be written: room for `HEADER` and `mtu` bytes, good until `send`. */
  buffer(): usize;

  /** Sends the `size` bytes at `buffer`; they may be gathered until `flush`. False: there was no room, and they are lost and counted. */
  send(size: i32): bool;

  /** What was sent goes out now. */
  flush(): void;

  /** Takes the next frame that has arrived. Returns its size, or 0: there is none. */
  receive(): i32;

  /** Where that one stands, until the next `receive`. */
  frame(): usize;

  /** Blocks the thread until there may be a frame. `OK`, `TIMEOUT`, `CANCELLED` or `CLOSED`. */
  wait(deadline: i64): Result;
}

/** What all implementations have in common: they derive from it. */
export abstract class Adapter implements Network {
  constructor(
    protected address: u64,
    protected most: i32,
  ) {}

  mac(): u64 {
    return this.address;
  }

  mtu(): i32 {
    return this.most;
  }

  write(frame: Uint8Array, size: i32): bool {
    if (size < HEADER || size > min(frame.length, HEADER + this.most)) return false;
    memory.copy(this.buffer(), frame.dataStart, size);
    const sent = this.send(size);
    this.flush();
    return sent;
  }

  read(frame: Uint8Array, deadline: i64 = NEVER): i32 {
    while (true) {
      const size = min(this.receive(), frame.length);
      if (size) {
        memory.copy(frame.dataStart, this.frame(), size);
        return size;
      }
      const result = this.wait(deadline);
      if (result != Result.OK) return result;
    }
  }

  abstract buffer(): usize;
  abstract send(size: i32): bool;
  abstract flush(): void;
  abstract receive(): i32;
  abstract frame(): usize;
  abstract wait(deadline: i64): Result;
}
