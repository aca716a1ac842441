// One job writes one line.
import { Console } from "mirage-wasm/console";

export class Hello<C extends Console> {
  start(console: C): void {
    console.log("hello");
  }
}
