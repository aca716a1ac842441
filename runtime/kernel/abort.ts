import { endLine, put } from "./console";
import { buffer } from "./text";
import { ID, NAME, NAME_UNITS } from "./thread";
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

/** Puts "ID (NAME" of a thread. */
function identity(id: u32, name: usize, nameUnits: usize, at: usize): usize {
  at = digits(id, at);
  // " ("
  store<u16>(buffer + at, 0x28_20);
  return put(getStderr(), name, nameUnits, at + 2);
}

/** "abort: thread ID (NAME) outgrew its stack" */
export function thread_overflow(id: u32, name: usize, nameUnits: usize): void {
  let at = begin();
  store<u64>(buffer + at, 0x20_64_61_65_72_68_74);
  at = identity(id, name, nameUnits, at + 7);
  // ") outgrew its stack"
  store<u64>(buffer + at, 0x65_72_67_74_75_6f_20_29);
  store<u64>(buffer + at, 0x74_73_20_73_74_69_20_77, 8);
  store<u32>(buffer + at, 0x6b_63_61, 16);
  end(at + 19);
}

/** "abort: all threads are blocked, and nothing can wake them" */
export function threads_blocked(): void {
  const at = begin();
  store<u64>(buffer + at, 0x65_72_68_74_20_6c_6c_61);
  store<u64>(buffer + at, 0x20_65_72_61_20_73_64_61, 8);
  store<u64>(buffer + at, 0x2c_64_65_6b_63_6f_6c_62, 16);
  store<u64>(buffer + at, 0x74_6f_6e_20_64_6e_61_20, 24);
  store<u64>(buffer + at, 0x6e_61_63_20_67_6e_69_68, 32);
  store<u64>(buffer + at, 0x68_74_20_65_6b_61_77_20, 40);
  store<u16>(buffer + at, 0x6d_65, 48);
  endLine(getStderr(), at + 50);
}

/** "  thread ID (NAME) waits at site N" */
export function thread_waits(thread: usize, site: u32): void {
  store<u64>(buffer, 0x64_61_65_72_68_74_20_20);
  store<u8>(buffer, 0x20, 8);
  let at = identity(load<u32>(thread, ID), load<usize>(thread, NAME), load<usize>(thread, NAME_UNITS), 9);
  store<u64>(buffer + at, 0x20_73_74_69_61_77_20_29);
  store<u64>(buffer + at, 0x20_65_74_69_73_20_74_61, 8);
  at = site ? digits(site, at + 16) : at + 7;
  endLine(getStderr(), at);
}
