// What AssemblyScript's `console`, `Date`, `performance`, `crypto` and `JSMath` are made of: the image's own devices in
// place of a browser's. This file stands in for its `bindings/dom`.

import { clock_monotonic, clock_wall, random_fill, stderr_line, stdout_line } from "mirage-wasm/abi";

export { NativeMath as Math } from "../math";

export namespace Date {
  export function now(): f64 {
    return <f64>(clock_wall() / 1_000_000);
  }
}

export namespace performance {
  export function now(): f64 {
    return <f64>clock_monotonic() / 1_000_000;
  }
}

export namespace crypto {
  export function getRandomValues(array: Uint8Array): void {
    random_fill(array.dataStart, array.byteLength);
  }
}

/** What `console.time` has begun, by label: nanoseconds of the monotonic clock. */
// @ts-ignore: decorator
@lazy const timers = new Map<string, i64>();

function out(text: string): void {
  stdout_line(changetype<usize>(text), text.length);
}

function err(text: string): void {
  stderr_line(changetype<usize>(text), text.length);
}

/** Prints how long ago a label began; false when it did not. */
function elapsed(label: string, call: string): bool {
  if (!timers.has(label)) {
    err("No such label '" + label + "' for console." + call + "()");
    return false;
  }
  const microseconds = (clock_monotonic() - timers.get(label)) / 1000;
  out(label + ": " + (microseconds / 1000).toString() + "." + (microseconds % 1000).toString().padStart(3, "0") + "ms");
  return true;
}

/** As in Node: what went wrong goes to standard error, all else to standard output. */
export namespace console {
  export function assert(condition: bool, message: string): void {
    if (!condition) err(message.length ? "Assertion failed: " + message : "Assertion failed");
  }

  export function log(text: string): void {
    out(text);
  }

  export function debug(text: string): void {
    out(text);
  }

  export function info(text: string): void {
    out(text);
  }

  export function warn(text: string): void {
    err(text);
  }

  export function error(text: string): void {
    err(text);
  }

  export function time(label: string): void {
    if (timers.has(label)) err("Label '" + label + "' already exists for console.time()");
    else timers.set(label, clock_monotonic());
  }

  export function timeLog(label: string): void {
    elapsed(label, "timeLog");
  }

  export function timeEnd(label: string): void {
    if (elapsed(label, "timeEnd")) timers.delete(label);
  }
}
