import { clock_monotonic } from "mirage-wasm/abi";
import { Flow } from "mirage-wasm/flow";
import { Ask } from "mirage-wasm/http-client";
import { Result } from "mirage-wasm/result";
import { Url } from "mirage-wasm/url";
import { BodySink } from "./body-sink";
import { writeField } from "./field-writer";
import { Input } from "./input";
import { Output } from "./output";
import { ResponseHead } from "./response-head";

/** A connection to a server: one request at a time. */
export class ClientConnection {
  readonly input: Input;
  /** Since when nobody uses it. */
  idleSince: i64 = 0;
  private readonly output: Output = new Output();

  constructor(
    private readonly flow: Flow,
    /** The server's host and port. */
    readonly authority: string,
  ) {
    this.input = new Input(flow);
  }

  /** `withSecrets`: with the fields that are meant for one server only. */
  send(ask: Ask, method: string, url: Url, withBody: bool, withSecrets: bool, deadline: i64): Result {
    const output = this.output;
    output.begin(this.flow);
    output.deadline = deadline;
    output.ascii(method);
    output.byte(0x20);
    output.ascii(url.path);
    output.ascii(" HTTP/1.1\r\nHost: ");
    output.ascii(url.authority);
    output.ascii("\r\n");
    for (let i = 0; i < ask.names.length; i++) if (withSecrets || !isSecret(ask.names[i])) writeField(output, ask.names[i], ask.values[i]);
    const body = withBody ? ask.body : null;
    const source = withBody ? ask.source : null;
    if (body) {
      this.frame(body.length);
      output.bytes(body.dataStart, body.length);
    } else if (source) {
      const length = source.length();
      this.frame(length);
      const sink = new BodySink(output, length);
      if (source.send(sink) || !sink.end()) return output.result || Result.FAILED;
    } else {
      // RFC 9110 section 8.6: methods that usually have a body say that there is none.
      if (method == "POST" || method == "PUT" || method == "PATCH") this.frame(0);
      else output.ascii("\r\n");
    }
    return output.flush();
  }

  /** The head of an answer, in memory of its own: null where `result` says why. */
  receive(deadline: i64): Received {
    const input = this.input;
    const head = new ResponseHead();
    let isSilent = true;
    while (true) {
      head.begin();
      let size = head.parse(input.at, input.size);
      while (!size) {
        this.flow.until(deadline);
        const count = input.fill();
        if (count <= 0) return new Received(count ? count : Result.CLOSED, isSilent, null);
        isSilent = false;
        size = head.parse(input.at, input.size);
      }
      if (size < 0) return new Received(Result.CLOSED, false, null);
      if (!head.isInterim) {
        head.keep(size);
        input.skip(size);
        return new Received(Result.OK, false, head);
      }
      input.skip(size);
    }
  }

  /** Nobody uses it. False: it cannot be used again. */
  rest(): bool {
    if (this.input.size) return false;
    this.input.rest();
    this.idleSince = clock_monotonic();
    return true;
  }

  close(): void {
    this.input.free();
    this.output.free();
    this.flow.close();
  }

  private frame(length: i64): void {
    const output = this.output;
    if (length < 0) output.ascii("Transfer-Encoding: chunked\r\n\r\n");
    else {
      output.ascii("Content-Length: ");
      output.decimal(length);
      output.ascii("\r\n\r\n");
    }
  }
}

/** What came of waiting for an answer. */
export class Received {
  constructor(
    readonly result: Result,
    /** Not a byte has come. */
    readonly isSilent: bool,
    readonly head: ResponseHead | null,
  ) {}
}

/** RFC 9110 section 15.4: what another server is not told. */
export function isSecret(name: string): bool {
  const lower = name.toLowerCase();
  return lower == "authorization" || lower == "cookie" || lower == "proxy-authorization";
}
