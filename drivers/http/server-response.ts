import { Response } from "mirage-wasm/http";
import { Result } from "mirage-wasm/result";
import { dateAt } from "./date";
import { writeField } from "./field-writer";
import { Output } from "./output";
import { ServerRequest } from "./server-request";
import { isBodiless, reasonOf } from "./status";
import { Writer } from "./writer";

/** More than this of a request's body that nobody has read ends the connection: RFC 9112 section 9.3. */
export const MAX_UNREAD: i64 = 65_536;
const LAST_CHUNK: string = "0\r\n\r\n";

/** An answer as it is written. */
export class ServerResponse extends Response {
  /** The connection may be used for another one: known when the answer begins. */
  isKept: bool = true;
  isBegun: bool = false;
  private isEnded: bool = false;
  private isChunked: bool = false;
  /** No body is sent, whatever is written: RFC 9112 section 6.3. */
  private isBodiless: bool = false;
  /** Bytes that are still to be written, where `length` was said. */
  private left: i64 = 0;
  /** When the request came, by the monotonic clock. */
  private now: i64 = 0;
  private readonly fields: Writer = new Writer(512);

  constructor(
    private readonly request: ServerRequest,
    private readonly output: Output,
  ) {
    super();
  }

  begin(now: i64, isKept: bool): void {
    this.status = 200;
    this.length = -1;
    this.isKept = isKept;
    this.isBegun = this.isEnded = this.isChunked = this.isBodiless = false;
    this.now = now;
    this.fields.size = 0;
  }

  set(name: string, value: string): void {
    writeField(this.fields, name, value);
  }

  write(bytes: Uint8Array, size: i32): Result {
    assert(size <= bytes.length, "more bytes than there are");
    if (!this.open(size)) return this.output.result;
    this.output.bytes(bytes.dataStart, size);
    return this.close();
  }

  writeText(text: string): Result {
    if (!this.open(<i32>String.UTF8.byteLength(text))) return this.output.result;
    this.output.utf8(text);
    return this.close();
  }

  flush(): Result {
    if (!this.isBegun) this.head(-1);
    return this.output.flush();
  }

  end(): Result {
    if (this.isEnded) return this.output.result;
    if (!this.isBegun) this.head(0);
    this.isEnded = true;
    if (this.isChunked) this.output.ascii(LAST_CHUNK);
    // Less than was said: only the connection's end tells.
    if (this.left) this.isKept = false;
    return this.output.result;
  }

  abort(): void {
    if (!this.isBegun) {
      this.status = 500;
      this.fields.size = 0;
      this.end();
    }
    this.isEnded = true;
    this.isKept = false;
  }

  free(): void {
    this.fields.free();
  }

  /** Begins a piece of the body. False: there is nothing to be written. */
  private open(size: i32): bool {
    if (!this.isBegun) this.head(-1);
    if (!size || this.isEnded || this.isBodiless) return false;
    if (this.isChunked) {
      this.output.hex(size);
      this.output.ascii("\r\n");
    } else if (this.length >= 0) {
      assert(size <= this.left, "more of a body than its length");
      this.left -= size;
    }
    return true;
  }

  private close(): Result {
    if (this.isChunked) this.output.ascii("\r\n");
    return this.output.result;
  }

  /** The start line and the fields; `length` is the body's, when the answer has not said any. */
  private head(length: i64): void {
    const output = this.output;
    const request = this.request;
    const head = request.head;
    const status = this.status;
    this.isBegun = true;
    if (this.length < 0) this.length = length;
    const hasNone = isBodiless(status);
    this.isBodiless = head.isHead || hasNone;
    this.isChunked = this.length < 0 && !hasNone && head.minor > 0 && !head.isHead;
    this.left = this.isBodiless ? 0 : max<i64>(this.length, 0);
    // Who waits for leave may or may not send the body now; and one that is too long is not waited for.
    if (request.isAsking || request.body.left > MAX_UNREAD || request.body.wrong || (this.length < 0 && !this.isChunked && !this.isBodiless)) this.isKept = false;
    request.isAsking = false;
    output.ascii("HTTP/1.1 ");
    output.decimal(status);
    output.byte(0x20);
    output.ascii(reasonOf(status));
    output.ascii("\r\nDate: ");
    output.ascii(dateAt(this.now));
    if (this.isChunked) output.ascii("\r\nTransfer-Encoding: chunked");
    else if (this.length >= 0 && !(hasNone && !this.length)) {
      output.ascii("\r\nContent-Length: ");
      output.decimal(this.length);
    }
    if (!this.isKept) output.ascii("\r\nConnection: close");
    else if (!head.minor) output.ascii("\r\nConnection: keep-alive");
    output.ascii("\r\n");
    output.bytes(this.fields.memory, this.fields.size);
    output.ascii("\r\n");
  }
}
