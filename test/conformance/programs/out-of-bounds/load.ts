// A load from beyond the end of memory is a trap.
import { Console } from "mirage-wasm/console";

export class Load<C extends Console> {
  start(console: C): void {
    console.log("loads");
    console.log(load<u32>(0xffff0000).toString());
  }
}
