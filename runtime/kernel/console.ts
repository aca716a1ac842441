import { blockingWriteAndFlush, getStderr, getStdin, getStdout, read, subscribeInput } from "./wasi";
import { one } from "./realloc";
import { buffer, CAPACITY, encode, taken } from "./text";

/** Return area: a discriminant, then (at 4) a list or a stream-error. */
const result = memory.data(12, 4);

let stdout: i32 = -1;
let stderr: i32 = -1;
let stdin: i32 = -1;

function stdoutHandle(): i32 {
  if (stdout < 0) stdout = getStdout();
  return stdout;
}

function stderrHandle(): i32 {
  if (stderr < 0) stderr = getStderr();
  return stderr;
}

function stdinHandle(): i32 {
  if (stdin < 0) stdin = getStdin();
  return stdin;
}

/**
 * Writes all of `length` bytes. Returns 0, or -1 when the stream is closed or has failed. The error that comes with a
 * failure is not dropped: an import more in every image against one handle that lives until exit.
 */
function write(stream: i32, data: usize, length: usize): i32 {
  while (length) {
    const part = min(length, <usize>CAPACITY);
    blockingWriteAndFlush(stream, data, part, result);
    if (load<u8>(result)) return -1;
    data += part;
    length -= part;
  }
  return 0;
}

/** Writes what is in the buffer up to offset `end`: one call, all or nothing of a line. */
function flush(stream: i32, end: usize): i32 {
  blockingWriteAndFlush(stream, buffer, end, result);
  return load<u8>(result) ? -1 : 0;
}

/** Puts text into the buffer from offset `at` on, writing the buffer out when it is full; returns the offset after it. */
export function put(stream: i32, units: usize, count: usize, at: usize): usize {
  while (true) {
    at = encode(units, count, at);
    if (taken == count) return at;
    units += taken << 1;
    count -= taken;
    flush(stream, at);
    at = 0;
  }
}

/** Ends the line that `put` has begun. One that fits the buffer is one write. */
export function endLine(stream: i32, at: usize): i32 {
  store<u8>(buffer + at, 0x0a);
  return flush(stream, at + 1);
}

export function stdout_write(data: usize, length: usize): i32 {
  return write(stdoutHandle(), data, length);
}

export function stdout_line(units: usize, count: usize): i32 {
  const stream = stdoutHandle();
  return endLine(stream, put(stream, units, count, 0));
}

export function stderr_line(units: usize, count: usize): i32 {
  const stream = stderrHandle();
  return endLine(stream, put(stream, units, count, 0));
}

export function stdin_read(data: usize, length: usize): i32 {
  one(data, length);
  read(stdinHandle(), <u64>length, result);
  if (load<u8>(result)) return -1;
  return load<i32>(result, 8);
}

export function stdin_pollable(): i32 {
  return subscribeInput(stdinHandle());
}
