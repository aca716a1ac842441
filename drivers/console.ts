import { stdin_pollable, stdin_read, stdout_line, stdout_write } from "mirage-wasm/abi";
import { Console } from "mirage-wasm/console";
import { Result } from "mirage-wasm/result";
import { block, NEVER } from "mirage-wasm/scheduler";
import { decodeUTF8 } from "mirage-wasm/utf8";

const LINE_LIMIT: i32 = 65536;

// The image has one standard input, and its unread bytes belong to whoever reads next: [start, end) of `input`.
let input: StaticArray<u8> | null = null;
let start: i32 = 0;
let end: i32 = 0;
/** Place in the stream of input's first byte. */
let origin: i64 = 0;
let pollable: i32 = -1;

/** Standard output and input. */
export class StandardConsole implements Console {
  log(text: string): Result {
    return <Result>stdout_line(changetype<usize>(text), text.length);
  }

  write(bytes: Uint8Array): Result {
    return <Result>stdout_write(bytes.dataStart, bytes.byteLength);
  }

  readLine(): string | null {
    // Another thread may read lines while this one waits: what was searched is remembered by its place in the stream.
    let searched = origin + start;
    while (true) {
      for (let at = <i32>(max(searched, origin + start) - origin); at < end; at++) {
        if (load<u8>(changetype<usize>(input) + at) == 0x0a) return take(at, at + 1);
      }
      searched = origin + end;
      if (end - start == LINE_LIMIT) return take(end, end);
      if (!fill()) return start < end ? take(end, end) : null;
    }
  }
}

/** The line up to `lineEnd`; what follows begins at `next`. */
function take(lineEnd: i32, next: i32): string {
  const bytes = changetype<usize>(input);
  if (next > lineEnd && lineEnd > start && load<u8>(bytes + lineEnd - 1) == 0x0d) lineEnd--;
  const line = decodeUTF8(bytes + start, lineEnd - start);
  start = next;
  return line;
}

/** Reads more, blocking the thread until there is some. False at the end of input. */
function fill(): bool {
  if (!input) input = new StaticArray<u8>(LINE_LIMIT);
  if (start) {
    const bytes = changetype<usize>(input);
    memory.copy(bytes, bytes + start, end - start);
    origin += start;
    end -= start;
    start = 0;
  }
  while (true) {
    const count = stdin_read(changetype<usize>(input) + end, LINE_LIMIT - end);
    if (count < 0) return false;
    if (count > 0) {
      end += count;
      return true;
    }
    if (pollable < 0) pollable = stdin_pollable();
    block(pollable, NEVER);
  }
}
