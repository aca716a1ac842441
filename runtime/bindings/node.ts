// What AssemblyScript's `process` is made of: this file stands in for its `bindings/node`.

import { exit as exitImage } from "mirage-wasm/abi";
import { args } from "mirage-wasm/args";

export namespace process {
  // @ts-ignore: decorator
  @lazy export const argv: string[] = args();

  export function exit(code: i32): void {
    exitImage(code);
  }
}
