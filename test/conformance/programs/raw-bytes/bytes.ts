// `write` passes bytes on as they are: no encoding, no line feed, and more of them than the host takes at once.
import { Console } from "mirage-wasm/console";
import { Result } from "mirage-wasm/result";

export class Bytes<C extends Console> {
  start(console: C): i32 {
    const all = new Uint8Array(256);
    for (let i = 0; i < 256; i++) all[i] = <u8>i;
    let failed = console.write(all) != Result.OK;
    failed = console.write(all.subarray(0x41, 0x5b)) != Result.OK || failed;
    failed = console.write(new Uint8Array(0)) != Result.OK || failed;
    failed = console.write(new Uint8Array(100_000).fill(0x2e)) != Result.OK || failed;
    return failed ? 1 : 0;
  }
}
