import { Console } from "mirage-wasm/console";

/** One line. */
export class Job<C extends Console> {
  start(console: C): void {
    console.log("hello");
  }
}
