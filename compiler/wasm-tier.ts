import { setFlagsFromString } from "node:v8";

const BASELINE = ["--liftoff-only"];
const USUAL = ["--no-liftoff-only", "--wasm-tier-up", "--wasm-dynamic-tiering"];

/**
 * Has V8 compile WebAssembly quickly and only once while `work` goes on. It would optimise the tools that are WebAssembly
 * themselves (Binaryen, wasm-tools, wabt) all the time that they run, which takes longer than it saves. What is compiled
 * afterwards, as an image that is to run, is optimised as usual.
 */
export async function unoptimised<T>(work: () => Promise<T>): Promise<T> {
  BASELINE.forEach(setFlagsFromString);
  try {
    return await work();
  } finally {
    USUAL.forEach(setFlagsFromString);
  }
}
