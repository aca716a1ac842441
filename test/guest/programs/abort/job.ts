import { Console } from "mirage-wasm/console";
import { Result } from "mirage-wasm/result";

/** An abort says where, and ends like a trap. */
export class Job<C extends Console> {
  start(console: C): void {
    console.log("before");
    assert(console.log("checked") != Result.OK, "this is wrong");
    console.log("after");
  }
}
