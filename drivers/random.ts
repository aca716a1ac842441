import { random_fill, random_u64 } from "mirage-wasm/abi";
import { below, Random } from "mirage-wasm/random";

/** The host's generator: what it gives is fit for keys. */
export class HostRandom implements Random {
  fill(bytes: Uint8Array): void {
    random_fill(bytes.dataStart, bytes.byteLength);
  }

  bytes(count: i32): Uint8Array {
    const bytes = new Uint8Array(count);
    this.fill(bytes);
    return bytes;
  }

  u32(): u32 {
    return <u32>random_u64();
  }

  u64(): u64 {
    return random_u64();
  }

  below(bound: u32): u32 {
    return below(this, bound);
  }
}

/**
 * The same numbers in every run, for tests: SplitMix64 (G. Steele, D. Lea, C. Flood, 2014), whose state begins with `seed`.
 * `u32` is the upper half of a step, and bytes are those of steps, the lowest first, of which the last may be cut.
 */
export class SeededRandom implements Random {
  constructor(private state: u64) {}

  fill(bytes: Uint8Array): void {
    const length = bytes.byteLength;
    let at = 0;
    for (; at + 8 <= length; at += 8) store<u64>(bytes.dataStart + at, this.u64());
    for (let rest = at < length ? this.u64() : 0; at < length; at++, rest >>= 8) bytes[at] = <u8>rest;
  }

  bytes(count: i32): Uint8Array {
    const bytes = new Uint8Array(count);
    this.fill(bytes);
    return bytes;
  }

  u32(): u32 {
    return <u32>(this.u64() >> 32);
  }

  u64(): u64 {
    this.state += 0x9e3779b97f4a7c15;
    let step = this.state;
    step = (step ^ (step >> 30)) * 0xbf58476d1ce4e5b9;
    step = (step ^ (step >> 27)) * 0x94d049bb133111eb;
    return step ^ (step >> 31);
  }

  below(bound: u32): u32 {
    return below(this, bound);
  }
}
