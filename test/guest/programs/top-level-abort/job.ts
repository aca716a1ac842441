import { Console } from "mirage-wasm/console";

assert(false, "at the top level");

/** Code outside functions aborts properly. */
export class Job<C extends Console> {
  start(console: C): void {
    console.log("not reached");
  }
}
