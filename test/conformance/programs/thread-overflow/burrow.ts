// A thread that is suspended deeper than the area for its frames allows is named in an abort. The engines' own stacks end
// sooner, so the test makes those larger.
import { args } from "mirage-wasm/args";
import { Console } from "mirage-wasm/console";
import { spawn, Task, Thread } from "mirage-wasm/thread";

class Mole extends Task {
  constructor(private depth: i32) {
    super();
  }

  run(): void {
    depth = burrow(this.depth, 1, 2, 3, 4, 5, 6, 7);
  }
}

let depth: i64 = 0;

/** Holds seven numbers across the call: 64 bytes or so. */
function burrow(left: i32, a: i64, b: i64, c: i64, d: i64, e: i64, f: i64, g: i64): i64 {
  if (!left) {
    Thread.yield();
    return a;
  }
  const below = burrow(left - 1, b + 1, c + a, d ^ a, e - a, f + b, g ^ c, a + d);
  return below ^ a ^ (b << 1) ^ (c << 2) ^ (d << 3) ^ (e << 4) ^ (f << 5) ^ (g << 6);
}

export class Burrow<C extends Console> {
  start(console: C): void {
    const levels = I32.parseInt(args()[1]);
    console.log(levels.toString() + " levels");
    spawn(new Mole(levels), "mole").join();
    console.log("back again");
  }
}
