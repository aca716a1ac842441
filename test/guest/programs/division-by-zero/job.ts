import { Console } from "mirage-wasm/console";
import { args } from "mirage-wasm/args";

/** So is a division by zero. */
export class Job<C extends Console> {
  start(console: C): void {
    console.log("before");
    const zero = args().length - 1;
    console.log((7 / zero).toString());
  }
}
