// Messages byte by byte.

import { readHex } from "mirage-wasm/number";

/** The bytes that hexadecimal digits say; blanks are skipped. */
export function bytes(text: string): Uint8Array {
  const all = new Uint8Array(text.length / 2 + 1);
  let size = 0;
  let high = -1;
  for (let i = 0; i < text.length; i++) {
    const digit = readHex(text.charCodeAt(i));
    if (digit < 0) continue;
    if (high < 0) high = digit;
    else {
      all[size++] = <u8>((high << 4) | digit);
      high = -1;
    }
  }
  return all.slice(0, size);
}

export function hex(at: usize, size: i32): string {
  let text = "";
  for (let i = 0; i < size; i++) {
    const byte = load<u8>(at + i);
    text += (byte < 16 ? "0" : "") + byte.toString(16);
  }
  return text;
}
