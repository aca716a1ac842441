import { Console } from "mirage-wasm/console";

/** Memory that is not there is a trap. */
export class Job<C extends Console> {
  start(console: C): void {
    console.log("before");
    store<u32>(0xffff_0000, load<u32>(0xffff_fff0));
  }
}
