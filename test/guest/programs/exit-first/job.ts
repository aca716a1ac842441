import { Console } from "mirage-wasm/console";
import { MILLISECOND, sleep } from "mirage-wasm/thread";

/** Of several jobs, the first code that is not 0 counts, and all run to their end. */
export class Ok<C extends Console> {
  start(console: C): i32 {
    sleep(20 * MILLISECOND);
    console.log("ok");
    return 0;
  }
}
export class Wrong<C extends Console> {
  start(console: C): i32 {
    console.log("wrong");
    return 3;
  }
}
