import { Console } from "mirage-wasm/console";
import { SECOND, sleep } from "mirage-wasm/thread";

export class Hello<C extends Console> {
  start(console: C): void {
    for (let i = 0; i < 4; i++) {
      console.log("hello");
      sleep(SECOND);
    }
  }
}
