// A recursion without end exhausts the engine's stack, which is a trap.
import { args } from "mirage-wasm/args";
import { Console } from "mirage-wasm/console";

function descend(depth: i32): i32 {
  return depth < 0 ? 0 : descend(depth + 1) * 3 + depth;
}

export class Descend<C extends Console> {
  start(console: C): void {
    console.log("descends");
    console.log(descend(args().length).toString());
  }
}
