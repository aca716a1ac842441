import { http_authority, http_method, http_request_body, http_request_close, http_request_fields, http_target, realloc_release } from "mirage-wasm/abi";
import { Request } from "mirage-wasm/http";
import { Result } from "mirage-wasm/result";
import { HostedFields } from "./fields";
import { HostedInput } from "./input";
import { OTHER, methods } from "./methods";

/** Address and length of a text of the host's. */
const text: usize = memory.data(8, 4);

function take(): string {
  const taken = String.UTF16.decodeUnsafe(load<usize>(text), <usize>load<i32>(text, 4) << 1);
  realloc_release();
  return taken;
}

/** A request that the host has brought. What nobody asks for the host is not asked for. */
export class HostedRequest extends Request {
  /** What is wrong with it, as a status, or 0. */
  wrong: i32 = 0;
  private handle: i32 = 0;
  /** Bytes of the body that may come. */
  private left: i64 = 0;
  private word: string | null = null;
  private target: string | null = null;
  private fields: HostedFields | null = null;
  private body: HostedInput | null = null;

  /** Owns the handle. `limit`: the most bytes of a body. */
  begin(handle: i32, limit: i64): void {
    this.handle = handle;
    this.left = limit;
    this.wrong = 0;
    this.parameters = null;
    this.word = null;
    this.target = null;
    this.fields = null;
    this.body = null;
  }

  close(): void {
    const body = this.body;
    if (body) body.close();
    http_request_close(this.handle);
  }

  get method(): string {
    let word = this.word;
    if (word === null) {
      const number = http_method(this.handle, text);
      this.word = word = number == OTHER ? take() : methods[number];
    }
    return word!;
  }

  /** The path and what stands behind it. */
  private get whole(): string {
    let target = this.target;
    if (target === null) this.target = target = http_target(this.handle, text) ? take() : "/";
    return target!;
  }

  get path(): string {
    const whole = this.whole;
    const end = whole.indexOf("?");
    return !end || !whole.length ? "/" : end < 0 ? whole : whole.substring(0, end);
  }

  get query(): string {
    const whole = this.whole;
    const end = whole.indexOf("?");
    return end < 0 ? "" : whole.substring(end + 1);
  }

  get authority(): string {
    return http_authority(this.handle, text) ? take() : "";
  }

  private get all(): HostedFields {
    let fields = this.fields;
    if (!fields) this.fields = fields = new HostedFields(http_request_fields(this.handle));
    return fields;
  }

  header(name: string): string | null {
    return this.all.get(name);
  }

  get fieldCount(): i32 {
    return this.all.names.length;
  }

  fieldName(index: i32): string {
    return this.all.names[index];
  }

  fieldValue(index: i32): string {
    return this.all.values[index];
  }

  get length(): i64 {
    return this.all.length;
  }

  read(bytes: Uint8Array): i32 {
    if (this.wrong) return Result.CLOSED;
    let body = this.body;
    if (!body) {
      if (this.length > this.left) return this.fail(413, Result.CLOSED);
      this.body = body = new HostedInput();
      http_request_body(this.handle, body.handles);
    }
    const count = body.read(bytes.dataStart, bytes.length);
    if (count < 0) return this.fail(count == Result.TIMEOUT ? 408 : 400, count);
    this.left -= count;
    return this.left < 0 ? this.fail(413, Result.CLOSED) : count;
  }

  private fail(status: i32, result: i32): i32 {
    this.wrong = status;
    return result;
  }
}
