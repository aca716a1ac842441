import { main } from "./app";
import { exitWithCode, exitWithResult } from "./wasi";

/** `wasi:cli/run`: 0 is ok, 1 is error; only other codes need the call that older hosts lack. */
export function run(): i32 {
  const code = main() & 0xff;
  if (code > 1) exitWithCode(code);
  return code;
}

export function exit(code: i32): void {
  code &= 0xff;
  if (code > 1) exitWithCode(code);
  else exitWithResult(code);
  unreachable();
}
