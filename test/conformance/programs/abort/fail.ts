// An abort says its message and the place in this file on standard error, and ends the image like a trap.
import { Console } from "mirage-wasm/console";

function check(value: i32): void {
  if (value > 2) throw new Error("größer als zwei 😀");
}

export class Fail<C extends Console> {
  start(console: C): void {
    for (let i = 0; i < 10; i++) {
      console.log(i.toString());
      check(i);
    }
  }
}
