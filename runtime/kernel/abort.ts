import { endLine, put } from "./console";
import { buffer } from "./text";
import { getStderr } from "./wasi";

// Literals are stored as numbers, first byte lowest: a string would be a data segment, which stays in every image.

/** Puts `value` in decimal at buffer offset `at`; returns the offset after it. */
function digits(value: u32, at: usize): usize {
  let unit: u32 = 1;
  while (value / unit >= 10) unit *= 10;
  while (unit) {
    store<u8>(buffer + at++, 0x30 + ((value / unit) % 10));
    unit /= 10;
  }
  return at;
}

/** Puts "abort: ". */
function begin(): usize {
  store<u64>(buffer, 0x20_3a_74_72_6f_62_61);
  return 7;
}

function end(at: usize): void {
  endLine(getStderr(), at);
  unreachable();
}

export function abort(message: usize, messageUnits: usize, file: usize, fileUnits: usize, line: u32, column: u32): void {
  const stream = getStderr();
  let at = put(stream, message, messageUnits, begin());
  // " at "
  store<u32>(buffer + at, 0x20_74_61_20);
  at = put(stream, file, fileUnits, at + 4);
  store<u8>(buffer + at, 0x3a);
  at = digits(line, at + 1);
  store<u8>(buffer + at, 0x3a);
  end(digits(column, at + 1));
}

/** "abort: out of memory" */
export function abort_memory(): void {
  const at = begin();
  store<u64>(buffer + at, 0x6d_20_66_6f_20_74_75_6f);
  store<u64>(buffer + at, 0x79_72_6f_6d_65, 8);
  end(at + 13);
}

/** "abort: thread ID (NAME) outgrew its stack" */
export function thread_overflow(id: u32, name: usize, nameUnits: usize): void {
  let at = begin();
  store<u64>(buffer + at, 0x20_64_61_65_72_68_74);
  at = digits(id, at + 7);
  // " ("
  store<u16>(buffer + at, 0x28_20);
  at = put(getStderr(), name, nameUnits, at + 2);
  // ") outgrew its stack"
  store<u64>(buffer + at, 0x65_72_67_74_75_6f_20_29);
  store<u64>(buffer + at, 0x74_73_20_73_74_69_20_77, 8);
  store<u32>(buffer + at, 0x6b_63_61, 16);
  end(at + 19);
}
