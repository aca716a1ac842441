// HTTP as jobs see it, whoever speaks it: our own server over a stack, or the host's (docs/http.md).

import { Message } from "./http-message";
import { Result } from "./result";

/** What somebody asks for. It is there until `handle` returns. */
export abstract class Request extends Message {
  /** What a router has found in the path: `/users/:id`. */
  parameters: Map<string, string> | null = null;

  /** As it was sent: methods have upper and lower case. */
  abstract get method(): string;

  /** As it was sent, with its %XX, and without what stands behind a question mark. */
  abstract get path(): string;

  /** What stands behind the question mark; "" too when there is none. */
  abstract get query(): string;

  /** The host, and perhaps a port, that it is meant for; "": it does not say. */
  abstract get authority(): string;

  /** What the router has found for this name, or "". */
  parameter(name: string): string {
    const parameters = this.parameters;
    return parameters && parameters.has(name) ? parameters.get(name) : "";
  }
}

/**
 * What is answered. `status`, `length` and fields are sent with the first bytes of the body: what is said later of them is not
 * heard. What frames a message is the server's own and not taken from here: Connection, Content-Length, Date, Keep-Alive,
 * Transfer-Encoding, Upgrade.
 */
export abstract class Response {
  status: i32 = 200;
  /** Bytes of the body, where that is known before they are written; -1: it is not. */
  length: i64 = -1;

  /** Adds a field line. Bytes of `value` that none may have are sent as spaces; a `name` that is no token ends the image. */
  abstract set(name: string, value: string): void;

  /**
   * Writes the first `size` of `bytes`; when it returns they are copied, and perhaps still here: `flush` sends them. `CLOSED`:
   * the client is gone; `TIMEOUT`: it is too slow; `CANCELLED`. The body of an answer to HEAD is not sent.
   */
  abstract write(bytes: Uint8Array, size: i32): Result;

  /** Writes text as UTF-8. */
  abstract writeText(text: string): Result;

  /** Sends what is written. */
  abstract flush(): Result;

  /** The body is all written, as it also is when `handle` returns. */
  abstract end(): Result;

  /** Breaks off, so that the client sees that it has not got all. */
  abstract abort(): void;

  /** All of an answer: text, in UTF-8. */
  send(text: string, type: string = "text/plain; charset=utf-8"): Result {
    if (type.length) this.set("Content-Type", type);
    this.length = String.UTF8.byteLength(text);
    this.writeText(text);
    return this.end();
  }

  /** All of an answer. */
  sendBytes(bytes: Uint8Array, type: string): Result {
    if (type.length) this.set("Content-Type", type);
    this.length = bytes.length;
    this.write(bytes, bytes.length);
    return this.end();
  }
}

/** Who answers. Many are answered at once, each in a thread of its own. */
export interface Handler {
  handle(request: Request, response: Response): void;
}

/** Takes requests. */
export interface HttpServer {
  /**
   * Answers requests with `handler` until it is stopped: `OK`. `CLOSED`: somebody else has the port, or on a host that brings the
   * requests itself serves already; `CANCELLED`.
   */
  serve(handler: Handler): Result;

  /** Takes no more requests; those that are being answered have ten seconds. */
  stop(): void;
}
