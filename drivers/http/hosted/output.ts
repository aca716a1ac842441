import { clock_monotonic, http_output_abort, http_output_end, realloc_release, stream_close_output, stream_room, stream_writable, stream_write } from "mirage-wasm/abi";
import { Readiness } from "mirage-wasm/drivers/stack/readiness";
import { Result } from "mirage-wasm/result";
import { Output, PATIENCE, PIECE } from "../output";

/** A body that the host sends as it is written. */
export class HostedOutput extends Output {
  // As the kernel has a body.
  private body: i32 = 0;
  private stream: i32 = 0;
  private isOpen: bool = false;
  private writable: Readiness | null = null;

  /** Where the kernel has to write the handles of the next body, which are this object's from then on. */
  open(): usize {
    this.size = 0;
    this.result = Result.OK;
    this.isOpen = true;
    return changetype<usize>(this) + offsetof<HostedOutput>("body");
  }

  protected send(at: usize, count: i32): void {
    while (count && this.result == Result.OK) {
      const room = min(stream_room(this.stream), min(count, PIECE));
      if (room > 0) {
        if (stream_write(this.stream, at, room)) this.result = Result.CLOSED;
        at += room;
        count -= room;
      } else this.result = room ? Result.CLOSED : this.wait();
    }
  }

  /** The host has something of it that it has not sent yet. */
  private wait(): Result {
    let writable = this.writable;
    if (!writable) this.writable = writable = new Readiness(stream_writable(this.stream));
    return writable.wait(min(clock_monotonic() + PATIENCE, this.deadline));
  }

  /** All is written. */
  end(): Result {
    if (!this.isOpen || this.flush() != Result.OK) {
      this.abort();
      return this.result;
    }
    this.close();
    if (!http_output_end(this.body)) this.result = Result.CLOSED;
    realloc_release();
    return this.result;
  }

  /** Breaks off, so that the other side sees that it has not got all. */
  abort(): void {
    if (!this.isOpen) return;
    this.close();
    http_output_abort(this.body);
  }

  private close(): void {
    this.isOpen = false;
    const writable = this.writable;
    if (writable) writable.drop();
    this.writable = null;
    stream_close_output(this.stream);
  }
}
