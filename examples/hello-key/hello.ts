import { argument } from "mirage-wasm/argument";
import { Console } from "mirage-wasm/console";
import { SECOND, sleep } from "mirage-wasm/thread";

const hello = argument.string("hello", "Hello World!", "How to say hello.");

export class HelloKey<C extends Console> {
  start(console: C): void {
    for (let i = 0; i < 4; i++) {
      console.log(hello.value);
      sleep(SECOND);
    }
  }
}
