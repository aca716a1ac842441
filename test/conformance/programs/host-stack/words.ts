import { Result } from "mirage-wasm/result";
import { MILLISECOND } from "mirage-wasm/thread";

const names = ["OK", "CLOSED", "CANCELLED", "TIMEOUT", "REFUSED", "UNREACHABLE", "NOT_FOUND", "FAILED", "UNSUPPORTED"];

export function word(result: i32): string {
  return result > 0 ? result.toString() : names[-result];
}

/** A moment so many milliseconds from now. */
export function after(milliseconds: i64): i64 {
  return <i64>(performance.now() * 1e6) + milliseconds * MILLISECOND;
}

/** What a `read` that should end has returned: 0 is no result. */
export function end(count: i32): string {
  return count == 0 ? "the end" : word(count);
}

export function wordOf(result: Result): string {
  return word(<i32>result);
}
