import { Console } from "mirage-wasm/console";

/** Memory that is out is said, without a collector. */
export class Job<C extends Console> {
  start(console: C): void {
    const bytes = new StaticArray<u8>(2_000_000);
    bytes[1_999_999] = 1;
    console.log("not reached");
  }
}
