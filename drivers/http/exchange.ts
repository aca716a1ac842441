// Requests of one connection, one after the other: RFC 9112 section 9.

import { SECOND } from "mirage-wasm/duration";
import { Handler } from "mirage-wasm/http";
import { Result } from "mirage-wasm/result";
import { lastLook } from "mirage-wasm/scheduler/run";
import { refused, requests } from "./counters";
import { Input } from "./input";
import { Output } from "./output";
import { ServerRequest } from "./server-request";
import { MAX_UNREAD, ServerResponse } from "./server-response";
import { reasonOf } from "./status";

/** A head has to be there this long after its first byte. */
const HEAD_TIME: i64 = 10 * SECOND;

/** `since` while a request is answered. */
export const AT_WORK: i64 = i64.MAX_VALUE;

/** All that answering needs beside the connection itself: connections on which nothing comes have none. */
export class Exchange {
  /** No request after the present one is answered. */
  isLast: bool = false;
  /** Since when the head of a request is waited for. */
  since: i64 = AT_WORK;
  private readonly output: Output;
  /** The next of those that are free. */
  next: Exchange | null = null;
  private readonly request: ServerRequest;
  private readonly response: ServerResponse;
  /** For what nobody reads. */
  private readonly waste: Uint8Array = new Uint8Array(2048);

  constructor(
    private readonly handler: Handler,
    /** The most bytes of a request's body. */
    private readonly limit: i64,
  ) {
    const output = new Output();
    const request = new ServerRequest(output);
    this.output = output;
    this.request = request;
    this.response = new ServerResponse(request, output);
  }

  /** Answers requests while they come. True: nothing is there any more, and the connection may be used on. */
  serve(input: Input): bool {
    this.isLast = false;
    this.since = AT_WORK;
    this.output.begin(input.flow);
    while (input.size) if (!this.once(input)) return false;
    return this.output.flush() == Result.OK;
  }

  /** It is not used any more. */
  free(): void {
    this.output.free();
    this.response.free();
  }

  private once(input: Input): bool {
    const now = lastLook();
    const head = this.request.head;
    head.begin();
    let size = head.parse(input.at, input.size);
    if (!size) {
      // Those before are answered before the next one is waited for.
      if (this.output.flush()) return false;
      this.since = now;
      input.flow.until(now + HEAD_TIME);
    }
    while (!size) {
      const count = input.fill();
      if (count == Result.TIMEOUT && !head.isEmpty) return this.refuse(input, now, 408);
      if (count <= 0) return false;
      size = head.parse(input.at, input.size);
    }
    this.since = AT_WORK;
    if (size < 0) return this.refuse(input, now, -size);
    head.fields.head = input.hold(size);
    const goesOn = this.answer(input, now);
    input.release();
    return goesOn;
  }

  private answer(input: Input, now: i64): bool {
    const request = this.request;
    const response = this.response;
    const head = request.head;
    request.begin(input, this.limit);
    if (head.length > this.limit) return this.refuse(input, now, 413);
    response.begin(now, head.isKept && !this.isLast);
    requests.add();
    this.handler.handle(request, response);
    const wrong = request.body.wrong;
    if (wrong && !response.isBegun) return this.refuse(input, now, wrong);
    if (response.end()) return false;
    if (!response.isKept) return this.leave(input);
    return this.drain();
  }

  /** The rest of a body that nobody has read lies before the next request. */
  private drain(): bool {
    const body = this.request.body;
    let read: i64 = 0;
    while (!body.isEnded) {
      const count = this.request.readTo(this.waste.dataStart, this.waste.length);
      read += count;
      if (count < 0 || read > MAX_UNREAD) return false;
    }
    return true;
  }

  /** Says what is wrong with the request. Where the next one begins is not known then. */
  private refuse(input: Input, now: i64, status: i32): bool {
    const response = this.response;
    refused.add();
    response.begin(now, false);
    response.status = status;
    response.send(status.toString() + " " + reasonOf(status) + "\n");
    return this.leave(input);
  }

  /** Ends the connection so that what was written last is read before it is reset for what came behind: RFC 9112 section 9.6. */
  private leave(input: Input): bool {
    if (this.output.flush()) return false;
    const flow = input.flow;
    flow.shutdown();
    flow.until(lastLook() + 2 * SECOND);
    let left = 128;
    while (left-- && flow.read(this.waste) > 0) {}
    return false;
  }
}
