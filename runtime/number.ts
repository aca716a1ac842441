// Decimal numbers as text: AssemblyScript's own conversions bring tables of 6 kB.

/** The number that the last `readDecimal` has read, and its digits. */
export let parsed: i64 = 0;
export let digits: i32 = 0;

/** Reads the digits of `text` from `at` on; returns the place behind them, or -1 when they are more than 18. */
export function readDecimal(text: string, at: i32): i32 {
  parsed = 0;
  digits = 0;
  for (; at < text.length; at++) {
    const digit = text.charCodeAt(at) - 0x30;
    if (<u32>digit > 9) break;
    if (++digits > 18) return -1;
    parsed = parsed * 10 + digit;
  }
  return at;
}

/** Reads all of `text` as a number, perhaps with a minus sign. False when it is none, or not from `low` to `high`. */
export function readInteger(text: string, low: i64, high: i64): bool {
  const negative = text.length > 0 && text.charCodeAt(0) == 0x2d;
  if (readDecimal(text, i32(negative)) != text.length || !digits) return false;
  if (negative) parsed = -parsed;
  return parsed >= low && parsed <= high;
}

/** A number in decimal. */
export function decimal(value: i64): string {
  let text = "";
  let rest: u64 = value < 0 ? 0 - value : value;
  do {
    text = String.fromCharCode(0x30 + <i32>(rest % 10)) + text;
    rest /= 10;
  } while (rest);
  return value < 0 ? "-" + text : text;
}

/** The value of a hexadecimal digit, or -1. */
export function readHex(unit: i32): i32 {
  if (unit >= 0x30 && unit <= 0x39) return unit - 0x30;
  unit |= 0x20;
  return unit >= 0x61 && unit <= 0x66 ? unit - 0x57 : -1;
}

/** A hexadecimal digit, of 0 to 15. */
export function showHex(value: i32): string {
  return String.fromCharCode(value < 10 ? 0x30 + value : 0x57 + value);
}
