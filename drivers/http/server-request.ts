import { Request } from "mirage-wasm/http";
import { Body } from "./body";
import { Input } from "./input";
import { Output } from "./output";
import { RequestHead } from "./request-head";

const CONTINUE: string = "HTTP/1.1 100 Continue\r\n\r\n";

/** A request whose head has come, and whose body comes as it is read. */
export class ServerRequest extends Request {
  readonly head: RequestHead = new RequestHead();
  readonly body: Body = new Body();
  /** The client waits for leave to send the body: RFC 9110 section 10.1.1. */
  isAsking: bool = false;
  private input: Input | null = null;

  constructor(private readonly output: Output) {
    super();
  }

  /** `limit`: the most bytes of a body. */
  begin(input: Input, limit: i64): void {
    const head = this.head;
    this.input = input;
    this.parameters = null;
    this.isAsking = head.expects && head.hasBody;
    this.body.begin(max(head.length, 0), head.isChunked, limit);
  }

  get method(): string {
    return this.head.fields.text(this.head.methodFrom, this.head.methodTo);
  }

  get path(): string {
    const head = this.head;
    return head.path < head.pathEnd ? head.fields.text(head.path, head.pathEnd) : "/";
  }

  get query(): string {
    return this.head.fields.text(this.head.query, this.head.targetEnd);
  }

  get authority(): string {
    return this.head.fields.text(this.head.authority, this.head.authorityEnd);
  }

  header(name: string): string | null {
    return this.head.fields.get(name);
  }

  get fieldCount(): i32 {
    return this.head.fields.count;
  }

  fieldName(index: i32): string {
    return this.head.fields.nameOf(index);
  }

  fieldValue(index: i32): string {
    return this.head.fields.valueOf(index);
  }

  get length(): i64 {
    return this.head.isChunked ? -1 : max(this.head.length, 0);
  }

  read(bytes: Uint8Array): i32 {
    return this.readTo(bytes.dataStart, bytes.length);
  }

  readTo(at: usize, size: i32): i32 {
    const input = this.input!;
    const asks = this.isAsking;
    this.isAsking = false;
    if (!input.size && !this.body.isEnded) {
      if (asks) this.output.ascii(CONTINUE);
      // The client may wait for what is written before it sends more.
      const result = this.output.flush();
      if (result) return result;
    }
    return this.body.read(input, at, size);
  }
}
