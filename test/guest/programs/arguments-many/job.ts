import { Console } from "mirage-wasm/console";
import { args } from "mirage-wasm/args";

/** Ten thousand arguments. */
export class Job<C extends Console> {
  start(console: C): void {
    const list = args();
    let hash: u32 = 0;
    for (let i = 1; i < list.length; i++) {
      for (let k = 0; k < list[i].length; k++) hash = hash * 31 + list[i].charCodeAt(k);
    }
    console.log((list.length - 1).toString() + " " + hash.toString());
  }
}
