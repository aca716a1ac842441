// Streams of wasi:io: bytes out and in.

import { one } from "./realloc";
import { checkWrite, dropError, dropInput, dropOutput, read, subscribeInput, subscribeOutput, write } from "./wasi";

/** Return area: a discriminant, then (at 4 or 8) a list, a number or a stream-error. */
const result = memory.data(16, 8);
/** Of wasi:io/streams.stream-error. */
const CLOSED: u8 = 1;
const END: i32 = -1;
const BROKEN: i32 = -2;

/** What the stream-error at `at` of the return area says. Its own error is dropped. */
function failure(at: usize): i32 {
  if (load<u8>(result + at) == CLOSED) return END;
  dropError(load<i32>(result + at, 4));
  return BROKEN;
}

export function stream_read(input: i32, data: usize, length: usize): i32 {
  one(data, length);
  read(input, <u64>length, result);
  return load<u8>(result) ? failure(4) : load<i32>(result, 8);
}

export function stream_readable(input: i32): i32 {
  return subscribeInput(input);
}

export function stream_room(output: i32): i32 {
  checkWrite(output, result);
  return load<u8>(result) ? failure(8) : <i32>min(load<u64>(result, 8), <u64>i32.MAX_VALUE);
}

export function stream_write(output: i32, data: usize, length: usize): i32 {
  write(output, data, length, result);
  return load<u8>(result) ? failure(4) : 0;
}

export function stream_writable(output: i32): i32 {
  return subscribeOutput(output);
}

export function stream_close_input(input: i32): void {
  dropInput(input);
}

export function stream_close_output(output: i32): void {
  dropOutput(output);
}
