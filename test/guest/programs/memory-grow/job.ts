import { Console } from "mirage-wasm/console";

/** 200 MB pass through a memory that stays below 32. */
export class Job<C extends Console> {
  start(console: C): void {
    const before = memory.size();
    let sum = 0;
    for (let i = 0; i < 2000; i++) {
      const block = new StaticArray<u8>(100_000);
      block[i] = 1;
      sum += block[i];
    }
    const kept = new StaticArray<u8>(3_000_000);
    kept[2_999_999] = 7;
    console.log(sum.toString() + " " + kept[2_999_999].toString() + " " + (memory.size() > before ? "grown" : "same") + " " + (memory.size() < 512 ? "bounded" : "leaked"));
  }
}
