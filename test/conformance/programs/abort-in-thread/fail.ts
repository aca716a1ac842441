// An assertion that fails in one thread ends the whole image at once, with the others asleep.
import { Console } from "mirage-wasm/console";
import { MILLISECOND, SECOND, sleep, spawn, Task } from "mirage-wasm/thread";

class Failing extends Task {
  run(): void {
    sleep(50 * MILLISECOND);
    assert(scratch > 0, "nothing to scratch");
  }
}

let scratch: i32 = 0;

export class Fail<C extends Console> {
  start(console: C): void {
    spawn(new Failing(), "failing");
    console.log("before");
    sleep(20 * SECOND);
    console.log("after");
  }
}
