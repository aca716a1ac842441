// An image has all of the memory that its configuration states, and no more.
import { Console } from "mirage-wasm/console";

export class Fill<C extends Console> {
  start(console: C): void {
    while (memory.grow(1) >= 0) {}
    store<u8>((<usize>memory.size() << 16) - 1, 42);
    console.log("fills " + memory.size().toString() + " pages");
  }
}
