import { Console } from "mirage-wasm/console";

function deep(n: i32): i32 {
  return n < 0 ? 0 : deep(n + 1) + deep(n - 2) + n;
}

/** A recursion without an end is a trap. */
export class Job<C extends Console> {
  start(console: C): void {
    console.log(deep(1).toString());
  }
}
