import { http_answer, http_fields, http_fields_close } from "mirage-wasm/abi";
import { Response } from "mirage-wasm/http";
import { Result } from "mirage-wasm/result";
import { isBodiless } from "../status";
import { Writer } from "../writer";
import { addField, addLength } from "./fields";
import { HostedOutput } from "./output";
import { HostedRequest } from "./request";

/** An answer that the host sends. */
export class HostedResponse extends Response {
  isBegun: bool = false;
  private isEnded: bool = false;
  /** No body is sent, whatever is written. */
  private isBodiless: bool = false;
  /** Bytes that are still to be written, where `length` was said. */
  private left: i64 = 0;
  private out: i32 = 0;
  private fields: i32 = 0;
  private request: HostedRequest | null = null;
  private readonly output: HostedOutput = new HostedOutput();
  private readonly line: Writer = new Writer(256);

  /** Owns `out`. */
  begin(request: HostedRequest, out: i32): void {
    this.request = request;
    this.out = out;
    this.fields = http_fields();
    this.status = 200;
    this.length = -1;
    this.left = 0;
    this.isBegun = this.isEnded = false;
  }

  /** What was said of it is not sent. */
  forget(): void {
    http_fields_close(this.fields);
    this.fields = http_fields();
    this.length = -1;
  }

  set(name: string, value: string): void {
    if (!this.isBegun) addField(this.fields, this.line, name, value);
  }

  write(bytes: Uint8Array, size: i32): Result {
    assert(size <= bytes.length, "more bytes than there are");
    if (this.open(size)) this.output.bytes(bytes.dataStart, size);
    return this.output.result;
  }

  writeText(text: string): Result {
    if (this.open(<i32>String.UTF8.byteLength(text))) this.output.utf8(text);
    return this.output.result;
  }

  flush(): Result {
    if (!this.isBegun) this.head(-1);
    return this.output.flush();
  }

  end(): Result {
    const output = this.output;
    if (this.isEnded) return output.result;
    if (!this.isBegun) this.head(0);
    this.isEnded = true;
    if (this.left) output.abort();
    else if (output.end() && this.isBodiless) output.result = Result.OK;
    return output.result;
  }

  abort(): void {
    if (!this.isBegun) {
      this.forget();
      this.status = 500;
      this.end();
    }
    this.isEnded = true;
    this.output.abort();
  }

  /** Begins a piece of the body. False: there is nothing to be written. */
  private open(size: i32): bool {
    if (!this.isBegun) this.head(-1);
    if (!size || this.isEnded || this.isBodiless) return false;
    if (this.length >= 0) {
      assert(size <= this.left, "more of a body than its length");
      this.left -= size;
    }
    return true;
  }

  /** The status and the fields; `length` is the body's, when the answer has not said any. */
  private head(length: i64): void {
    const status = this.status;
    this.isBegun = true;
    if (this.length < 0) this.length = length;
    const hasNone = isBodiless(status);
    this.isBodiless = hasNone || this.request!.method == "HEAD";
    this.left = this.isBodiless ? 0 : max<i64>(this.length, 0);
    if (this.length >= 0 && !(hasNone && !this.length)) addLength(this.fields, this.line, this.length);
    http_answer(this.out, this.fields, status, this.output.open());
  }
}
