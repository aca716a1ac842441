import { stdin_pollable, stdin_read, stdout_line, stdout_write } from "mirage-wasm/abi";
import { Console } from "mirage-wasm/console";
import { threads } from "mirage-wasm/link";
import { Result } from "mirage-wasm/result";
import { block, blockIn, NEVER, wakeFirst } from "mirage-wasm/scheduler/block";
import { Queue } from "mirage-wasm/scheduler/queue";
import { decodeUTF8 } from "mirage-wasm/utf8";

/** Bytes of the longest line; of one that is longer, the rest is read as lines of their own. */
const LINE_LIMIT: i32 = 65536;
/** And its line end, CR LF. */
const ROOM: i32 = LINE_LIMIT + 2;

// The image has one standard input, and its unread bytes belong to whoever reads next: [start, end) of `input`.
let input: StaticArray<u8> | null = null;
let start: i32 = 0;
let end: i32 = 0;
let pollable: i32 = -1;

/** A read may bring the lines of several threads: one of them reads, and these wait until it has its own. */
const readers = changetype<Queue>(memory.data(offsetof<Queue>(), 4));
let isRead: bool = false;

/** Standard output and input. */
export class StandardConsole implements Console {
  log(text: string): Result {
    return <Result>stdout_line(changetype<usize>(text), text.length);
  }

  write(bytes: Uint8Array): Result {
    return <Result>stdout_write(bytes.dataStart, bytes.byteLength);
  }

  readLine(): string | null {
    if (!threads()) return nextLine();
    if (isRead && blockIn(readers) != Result.OK) return null;
    isRead = true;
    const line = nextLine();
    // Whoever is woken reads next, before any that asks meanwhile.
    isRead = wakeFirst(readers);
    return line;
  }
}

function nextLine(): string | null {
  /** Bytes from `start` on in which there is no line feed. */
  let searched = 0;
  while (true) {
    for (let at = start + searched; at < end; at++) {
      if (load<u8>(changetype<usize>(input) + at) == 0x0a) return take(at, at + 1);
    }
    searched = end - start;
    if (searched == ROOM) return take(end, end);
    const result = fill();
    if (result == Result.CLOSED && start < end) return take(end, end);
    if (result != Result.OK) return null;
  }
}

/** The line up to `lineEnd`; what follows begins at `next`. Of a line that is too long, only what a line may hold. */
function take(lineEnd: i32, next: i32): string {
  const bytes = changetype<usize>(input);
  if (next > lineEnd && lineEnd > start && load<u8>(bytes + lineEnd - 1) == 0x0d) lineEnd--;
  if (lineEnd - start > LINE_LIMIT) lineEnd = next = start + LINE_LIMIT;
  const line = decodeUTF8(bytes + start, lineEnd - start);
  start = next;
  return line;
}

/** Reads more, or blocks the thread until there may be some. `CLOSED` at the end of input. */
function fill(): Result {
  if (!input) input = new StaticArray<u8>(ROOM);
  if (start) {
    const bytes = changetype<usize>(input);
    memory.copy(bytes, bytes + start, end - start);
    end -= start;
    start = 0;
  }
  const count = stdin_read(changetype<usize>(input) + end, ROOM - end);
  if (count < 0) return Result.CLOSED;
  if (count > 0) {
    end += count;
    return Result.OK;
  }
  if (pollable < 0) pollable = stdin_pollable();
  return block(pollable, NEVER);
}
