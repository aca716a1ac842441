import { abort } from "./abi";

function units(text: string | null): usize {
  return text ? <usize>text.length : 0;
}

/** Takes the place of AssemblyScript's `abort`: asconfig.json, `use`. */
// @ts-ignore: decorator
@global
export function mirage_abort(message: string | null, file: string | null, line: u32, column: u32): void {
  abort(changetype<usize>(message), units(message), changetype<usize>(file), units(file), line, column);
}
