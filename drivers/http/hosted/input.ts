import { clock_monotonic, http_input_close, stream_close_input, stream_read, stream_readable } from "mirage-wasm/abi";
import { Readiness } from "mirage-wasm/drivers/stack/readiness";
import { Result } from "mirage-wasm/result";
import { Patience } from "../patience";

/** Bytes of one read: hosts make room for as many as are asked for. */
const MOST: i32 = 65_536;
const END: i32 = -1;

/** A body that the host hands on as it comes. */
export class HostedInput {
  isEnded: bool = false;
  // As the kernel has a body.
  private body: i32 = 0;
  private stream: i32 = 0;
  private readable: Readiness | null = null;
  private readonly patience: Patience = new Patience();

  /** Where the kernel is to write the handles: they are this object's from then on. */
  get handles(): usize {
    return changetype<usize>(this) + offsetof<HostedInput>("body");
  }

  /** As `Flow.read`. */
  read(at: usize, room: i32): i32 {
    while (!this.isEnded && room) {
      const count = stream_read(this.stream, at, min(room, MOST));
      if (count > 0) {
        this.patience.spend(0, count);
        return count;
      }
      if (count) {
        this.close();
        return count == END ? 0 : Result.CLOSED;
      }
      const result = this.wait();
      if (result != Result.OK) return result;
    }
    return 0;
  }

  private wait(): Result {
    let readable = this.readable;
    if (!readable) this.readable = readable = new Readiness(stream_readable(this.stream));
    const since = clock_monotonic();
    const result = readable.wait(since + this.patience.left);
    this.patience.spend(clock_monotonic() - since, 0);
    return result;
  }

  /** Gives it up, whether it is all read or not. */
  close(): void {
    if (this.isEnded) return;
    this.isEnded = true;
    const readable = this.readable;
    if (readable) readable.drop();
    stream_close_input(this.stream);
    http_input_close(this.body);
  }
}
