import { Sink } from "mirage-wasm/http-client";
import { Result } from "mirage-wasm/result";
import { HostedOutput } from "./output";

/** Writes a body, which the host frames. */
export class HostedSink implements Sink {
  /** `length`: of the body; -1: it is not known before. */
  constructor(
    private readonly output: HostedOutput,
    private left: i64,
  ) {}

  write(bytes: Uint8Array, size: i32): Result {
    assert(size <= bytes.length, "more bytes than there are");
    if (this.left >= 0) {
      assert(size <= this.left, "more of a body than its length");
      this.left -= size;
    }
    this.output.bytes(bytes.dataStart, size);
    return this.output.result;
  }
}
