import { Console } from "mirage-wasm/console";

class Link {
  payload: StaticArray<u8> = new StaticArray<u8>(1000);
  constructor(public next: Link | null) {}
}

/** Memory that is out is said, with a collector. */
export class Job<C extends Console> {
  start(console: C): void {
    let chain: Link | null = null;
    while (true) chain = new Link(chain);
  }
}
