import { Sink } from "mirage-wasm/http-client";
import { Result } from "mirage-wasm/result";
import { Output } from "./output";

/** Writes a body by its length, or in chunks. */
export class BodySink implements Sink {
  private left: i64;

  constructor(
    private readonly output: Output,
    /** -1: in chunks. */
    private readonly length: i64,
  ) {
    this.left = max<i64>(length, 0);
  }

  write(bytes: Uint8Array, size: i32): Result {
    assert(size <= bytes.length, "more bytes than there are");
    const output = this.output;
    if (!size) return output.result;
    if (this.length >= 0) {
      assert(size <= this.left, "more of a body than its length");
      this.left -= size;
    } else {
      output.hex(size);
      output.ascii("\r\n");
    }
    output.bytes(bytes.dataStart, size);
    if (this.length < 0) output.ascii("\r\n");
    return output.result;
  }

  /** False: it is less than was said. */
  end(): bool {
    if (this.length < 0) this.output.ascii("0\r\n\r\n");
    return !this.left;
  }
}
