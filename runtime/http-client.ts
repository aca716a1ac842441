// Asking by HTTP, as jobs see it, whoever speaks it (docs/http.md).

import { SECOND } from "./duration";
import { Message } from "./http-message";
import { Outcome, Result } from "./result";
import { Url } from "./url";

export { Url } from "./url";

/** What takes the bytes of a body. */
export interface Sink {
  /** Writes the first `size` of `bytes`. */
  write(bytes: Uint8Array, size: i32): Result;
}

/** A body that is sent while it is made. */
export interface Source {
  /** In bytes; -1: that is not known before. */
  length(): i64;

  /** Writes all of it; what is not `OK` breaks the request off. */
  send(sink: Sink): Result;
}

/** What is to be asked. */
export class Ask {
  readonly names: string[] = [];
  readonly values: string[] = [];
  /** All of a body, or what makes one. */
  body: Uint8Array | null = null;
  source: Source | null = null;
  /** How often another place that the answer names is asked in its stead. */
  redirects: i32 = 0;
  /** Nanoseconds until the head of the answer is there. Its body may take 30 s without a byte. */
  timeout: i64 = 30 * SECOND;

  constructor(
    readonly method: string,
    readonly url: Url,
  ) {}

  /** Adds a field. Those by which messages are framed are left out, as in an answer. */
  set(name: string, value: string): this {
    this.names.push(name);
    this.values.push(value);
    return this;
  }
}

/** What is answered. Who does not read its body to the end has to close it. */
export abstract class Reply extends Message {
  constructor(
    readonly status: i32,
    /** Who has answered: after redirects it is another one than was asked. */
    readonly url: Url,
  ) {
    super();
  }

  /** Gives it up. Does nothing when all is read. */
  abstract close(): void;
}

/** Asks others. */
export interface HttpClient {
  /**
   * Asks, and waits for the head of the answer, whatever its status. `TIMEOUT`, `CANCELLED`; what connecting answers; `CLOSED`: the
   * other side went, or what it said is no HTTP; `FAILED`: the address begins with https, or there were too many redirects.
   */
  ask(what: Ask): Outcome<Reply>;
}

/** Asks for what is at an address; null when that is no address. */
export function get(url: string): Ask | null {
  const parsed = Url.parse(url);
  return parsed ? new Ask("GET", parsed) : null;
}
