import { Console } from "mirage-wasm/console";
import { args } from "mirage-wasm/args";

/** An index out of range aborts. */
export class Job<C extends Console> {
  start(console: C): void {
    const list: i32[] = [1, 2, 3];
    console.log(list[args().length + 5].toString());
  }
}
