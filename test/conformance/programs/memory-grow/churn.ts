// Memory grows with what is kept, up to the maximum and no further, and the collector makes room for 30 times as much as fits.
import { Console } from "mirage-wasm/console";

const BLOCK: i32 = 100_000;

function block(value: i32): StaticArray<u8> {
  const bytes = new StaticArray<u8>(BLOCK);
  memory.fill(changetype<usize>(bytes), <u8>value, BLOCK);
  return bytes;
}

function check(bytes: StaticArray<u8>, value: i32): bool {
  for (let i = 0; i < BLOCK; i += 99) if (bytes[i] != <u8>value) return false;
  return bytes[BLOCK - 1] == <u8>value;
}

export class Churn<C extends Console> {
  start(console: C): void {
    const before = memory.size();
    const kept: StaticArray<u8>[] = [];
    for (let i = 0; i < 50; i++) kept.push(block(i));
    const grown = memory.size() - before;
    console.log(grown >= (50 * BLOCK) >> 16 ? "grown by what is kept" : "GROWN BY " + grown.toString());

    let wrong = 0;
    for (let i = 0; i < 5000; i++) if (!check(block(i), i)) wrong++;
    for (let i = 0; i < kept.length; i++) if (!check(kept[i], i)) wrong++;
    console.log(wrong.toString() + " blocks are wrong");

    console.log(memory.size() <= 256 ? "within the maximum" : "BEYOND THE MAXIMUM");
    console.log("a page beyond it: " + memory.grow(257 - memory.size()).toString());
  }
}
