// An array index that is out of range aborts, at a place in AssemblyScript's library.
import { args } from "mirage-wasm/args";
import { Console } from "mirage-wasm/console";

export class Pick<C extends Console> {
  start(console: C): void {
    const list = [1, 2, 3];
    for (let i = 0; i < args().length + 3; i++) console.log(list[i].toString());
  }
}
