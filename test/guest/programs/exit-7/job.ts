import { Console } from "mirage-wasm/console";

/** The job's code is the image's. */
export class Job<C extends Console> {
  start(console: C): i32 {
    console.log("ending with 7");
    return 7;
  }
}
