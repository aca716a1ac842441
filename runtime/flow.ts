import { Address } from "./address";
import { Outcome, Result } from "./result";
import { NEVER } from "./scheduler/record";

/**
 * Bytes in order, both ways: a connection. It belongs to who was given it, and is to be closed by him. Calls block their
 * thread; one thread may read while another writes.
 */
export interface Flow {
  /**
   * Reads what is there, at most all of `bytes`, and blocks until there is some. Returns how many; 0: the other side has
   * ended; `Result.CLOSED`: it is gone; `Result.TIMEOUT`, `Result.CANCELLED`.
   */
  read(bytes: Uint8Array): i32;

  /** Writes the first `size` of `bytes`. When it returns they are copied, and not yet at the other side. */
  write(bytes: Uint8Array, size: i32): Result;

  /** Calls of `read` and `write` that block when the monotonic clock reaches `deadline` end with `TIMEOUT`; `NEVER`: none does. */
  until(deadline: i64): void;

  /**
   * Whether small pieces go out at once; at first they wait while something is on its way, and go together (RFC 9293 section 3.7.4,
   * "Nagle"). The host's TCP does as it likes: WASI 0.2 has no call for it.
   */
  noDelay(isSet: bool): void;

  /**
   * What is sent may go without an answer for `duration` nanoseconds, 300 s at first, until the flow counts as gone (RFC 9293 section
   * 3.8.3, "user timeout"). The host's TCP has a time of its own: WASI 0.2 has no call for it.
   */
  giveUpAfter(duration: i64): void;

  /** This side has written all; the other one reads an end. Reading goes on. */
  shutdown(): void;

  /** Gives it up: what is written is still sent. */
  close(): void;

  /** The other side's. */
  address(): Address;
  port(): u16;
}

/** A port at which flows come. */
export interface Listener {
  /** The next one, which is the caller's; blocks until there is one, `CANCELLED`, `TIMEOUT`, or `CLOSED`: it was closed. */
  accept(deadline: i64): Outcome<Flow>;

  /** Nobody can connect any more. What was accepted goes on. */
  close(): void;

  /** Its number. */
  port(): u16;
}

export { NEVER };

/** Writes text as UTF-8. */
export function writeText(flow: Flow, text: string): Result {
  const bytes = Uint8Array.wrap(String.UTF8.encode(text));
  return flow.write(bytes, bytes.length);
}
