// The body of a message that comes: RFC 9112 section 6.

import { Result } from "mirage-wasm/result";
import { lastLook } from "mirage-wasm/scheduler/run";
import { moveView, viewOf } from "mirage-wasm/view";
import { Chunked } from "./chunked";
import { Input } from "./input";
import { Patience } from "./patience";

/** How its end is known. */
enum Kind {
  LENGTH,
  CHUNKED,
  /** By the connection's. */
  END,
}

export class Body {
  /** What is wrong with it, as a status, or 0. */
  wrong: i32 = 0;
  isEnded: bool = true;
  /** Bytes that are to come, where that is known. */
  left: i64 = 0;
  private kind: Kind = Kind.LENGTH;
  private limit: i64 = 0;
  private readonly chunked: Chunked = new Chunked();
  private readonly patience: Patience = new Patience();
  private readonly view: Uint8Array = viewOf(0, 0);

  /** Of `length` bytes, -1: up to the connection's end; or in chunks, of at most `limit` bytes. */
  begin(length: i64, isChunked: bool, limit: i64): void {
    this.wrong = 0;
    this.left = length;
    this.limit = limit;
    this.patience.begin();
    this.kind = isChunked ? Kind.CHUNKED : length < 0 ? Kind.END : Kind.LENGTH;
    this.isEnded = !isChunked && !length;
    if (isChunked) this.chunked.begin();
  }

  /** As `Flow.read`: `CLOSED` too when what comes is wrong. */
  read(input: Input, to: usize, room: i32): i32 {
    if (this.isEnded || !room) return 0;
    if (this.wrong) return Result.CLOSED;
    const count = this.kind == Kind.CHUNKED ? this.chunk(input, to, room) : this.plain(input, to, room);
    if (count >= 0) return count;
    this.wrong = this.wrong || (count == Result.TIMEOUT ? 408 : 400);
    return count;
  }

  private plain(input: Input, to: usize, room: i32): i32 {
    if (this.kind == Kind.LENGTH) room = <i32>min<i64>(room, this.left);
    let count = min(room, input.size);
    if (count) {
      memory.copy(to, input.at, count);
      input.skip(count);
    } else {
      moveView(this.view, to, room);
      const since = this.wait(input);
      count = input.flow.read(this.view);
      this.waited(since, count);
      if (!count) {
        if (this.kind == Kind.LENGTH) return Result.CLOSED;
        this.isEnded = true;
      }
      if (count < 0) return count;
    }
    if (this.kind == Kind.LENGTH) {
      this.left -= count;
      this.isEnded = !this.left;
    }
    return count;
  }

  private chunk(input: Input, to: usize, room: i32): i32 {
    const chunked = this.chunked;
    while (true) {
      if (!chunked.decode(input.at, input.size, to, room)) return Result.CLOSED;
      input.skip(chunked.taken);
      if (chunked.isEnded) this.isEnded = true;
      const count = chunked.made;
      this.limit -= count;
      if (this.limit < 0) {
        this.wrong = 413;
        return Result.CLOSED;
      }
      if (count || this.isEnded) return count;
      const since = this.wait(input);
      const come = input.fill();
      this.waited(since, come);
      if (come <= 0) return come ? come : Result.CLOSED;
    }
  }

  private wait(input: Input): i64 {
    const now = lastLook();
    input.flow.until(now + this.patience.left);
    return now;
  }

  private waited(since: i64, count: i32): void {
    this.patience.spend(lastLook() - since, count);
  }
}
