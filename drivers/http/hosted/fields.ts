import { http_fields_add, http_fields_all, http_fields_close, realloc_release } from "mirage-wasm/abi";
import { digits, parsed, readDecimal } from "mirage-wasm/number";
import { decodeUTF8 } from "mirage-wasm/utf8";
import { lower } from "../characters";
import { writeField } from "../field-writer";
import { Writer } from "../writer";

/** Bytes of a field in the host's list: name and value, each an address and a length. */
const ENTRY: usize = 16;

/** The fields of a message that has come. */
export class HostedFields {
  readonly names: string[] = [];
  readonly values: string[] = [];

  /** Copies those of a handle, and gives it back. */
  constructor(handle: i32) {
    const list = http_fields_all(handle);
    const count = load<i32>(list, 4);
    let at = load<usize>(list);
    for (let i = 0; i < count; i++, at += ENTRY) {
      this.names.push(String.UTF16.decodeUnsafe(load<usize>(at), <usize>load<i32>(at, 4) << 1));
      this.values.push(decodeUTF8(load<usize>(at, 8), load<i32>(at, 12)));
    }
    realloc_release();
    http_fields_close(handle);
  }

  /** RFC 9110 section 5.3: all values of this name, which is in lower case, with commas between them, or null. */
  get(name: string): string | null {
    let text: string | null = null;
    for (let i = 0; i < this.names.length; i++) if (isSame(this.names[i], name)) text = text === null ? this.values[i] : text! + ", " + this.values[i];
    return text;
  }

  /** What it says about the body's length; -1: nothing. The host has looked whether it is right. */
  get length(): i64 {
    const text = this.get("content-length");
    return text && readDecimal(text, 0) == text.length && digits ? parsed : -1;
  }
}

function isSame(name: string, word: string): bool {
  if (name.length != word.length) return false;
  for (let i = 0; i < name.length; i++) if (lower(name.charCodeAt(i)) != <u32>word.charCodeAt(i)) return false;
  return true;
}

/** Adds a field to those of a handle, unless it is one that frames the message. `line` is written over. */
export function addField(handle: i32, line: Writer, name: string, value: string): void {
  line.size = 0;
  writeField(line, name, value);
  // NAME: VALUE, and the line's end.
  const before = name.length + 2;
  if (line.size) http_fields_add(handle, changetype<usize>(name), name.length, line.memory + before, line.size - before - 2);
}

const LENGTH: string = "content-length";

/** Says the length of a body. */
export function addLength(handle: i32, line: Writer, length: i64): void {
  line.size = 0;
  line.decimal(length);
  http_fields_add(handle, changetype<usize>(LENGTH), LENGTH.length, line.memory, line.size);
}
