// The host's numbers are in range, many and not the same; a seed's are those of SplitMix64 on every engine.
import { Console } from "mirage-wasm/console";
import { Random } from "mirage-wasm/random";

/** Kinds of bytes in the last `count` of `bytes`. */
function kinds(bytes: Uint8Array, count: i32): i32 {
  const seen = new Set<u8>();
  for (let i = bytes.length - count; i < bytes.length; i++) seen.add(bytes[i]);
  return seen.size;
}

export class Draw<C extends Console, H extends Random, S extends Random> {
  start(console: C, host: H, seeded: S): void {
    // More than a host makes in one call.
    console.log(kinds(host.bytes(200_000), 4096).toString());
    console.log(host.bytes(0).length.toString());
    console.log(host.u64() != host.u64() ? "two numbers" : "one number");
    const counts = new StaticArray<i32>(6);
    for (let i = 0; i < 6000; i++) counts[host.below(6)]++;
    let even = true;
    for (let i = 0; i < 6; i++) if (counts[i] < 800 || counts[i] > 1200) even = false;
    console.log(even ? "a die" : "a loaded die");
    console.log(host.below(1).toString());

    for (let i = 0; i < 5; i++) console.log(seeded.u64().toString());
    console.log(seeded.u32().toString());
    console.log(seeded.bytes(11).join(" "));
    for (let i = 0; i < 3; i++) console.log(seeded.below(3_000_000_000).toString());
  }
}
