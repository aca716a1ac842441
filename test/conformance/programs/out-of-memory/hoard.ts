// A job that keeps more than the image may have is told so, collector or not: the last words are "out of memory".
import { Console } from "mirage-wasm/console";

class Link {
  private bytes: StaticArray<u8> = new StaticArray<u8>(10_000);

  constructor(public next: Link | null) {}
}

export class Hoard<C extends Console> {
  start(console: C): void {
    let chain: Link | null = null;
    let count = 0;
    while (true) {
      chain = new Link(chain);
      // 100 of these are more than the megabyte, with what the runtime needs; 80 are not.
      if (++count == 80) console.log("80 fit");
    }
  }
}
