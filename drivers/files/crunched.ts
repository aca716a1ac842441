// Files as `configure` has written them into the image (compiler/generate/crunch.ts): a count and a reserved word, then an entry for each
// in the order of their paths, then what the entries point at. Numbers are of 32 bits; places count from the beginning.

import { File, Files } from "mirage-wasm/files";
import { decodeUTF8 } from "mirage-wasm/utf8";
import { viewOf } from "mirage-wasm/view";

const HEADER: usize = 8;
/** Of an entry: place and size of each text and of the bytes, and when it was modified. */
const PATH: usize = 0;
const TYPE: usize = 8;
const TAG: usize = 16;
const BYTES: usize = 24;
const MODIFIED: usize = 32;
const ENTRY: usize = 40;

export class Crunched implements Files {
  /** Made when they are first found. */
  private readonly known: Map<u32, File> = new Map<u32, File>();

  constructor(private readonly at: usize) {}

  find(path: string): File | null {
    const wanted = String.UTF8.encode(path);
    let low: u32 = 0;
    let high = load<u32>(this.at);
    while (low < high) {
      const middle = (low + high) >> 1;
      const order = this.compare(middle, changetype<usize>(wanted), wanted.byteLength);
      if (!order) return this.file(middle);
      if (order < 0) low = middle + 1;
      else high = middle;
    }
    return null;
  }

  paths(): string[] {
    const all = new Array<string>();
    for (let i: u32 = 0; i < load<u32>(this.at); i++) all.push(this.text(i, PATH));
    return all;
  }

  /** Below 0: this one's path stands before that one. */
  private compare(index: u32, path: usize, size: i32): i32 {
    const entry = this.entry(index);
    const own = load<i32>(entry, PATH + 4);
    const order = memory.compare(this.at + load<u32>(entry, PATH), path, min(own, size));
    return order ? order : own - size;
  }

  private file(index: u32): File {
    if (this.known.has(index)) return this.known.get(index);
    const entry = this.entry(index);
    const bytes = viewOf(this.at + load<u32>(entry, BYTES), load<i32>(entry, BYTES + 4));
    const file = new File(this.text(index, PATH), bytes, this.text(index, TYPE), this.text(index, TAG), load<i64>(entry, MODIFIED));
    this.known.set(index, file);
    return file;
  }

  private entry(index: u32): usize {
    return this.at + HEADER + <usize>index * ENTRY;
  }

  private text(index: u32, field: usize): string {
    const entry = this.entry(index) + field;
    return decodeUTF8(this.at + load<u32>(entry), load<i32>(entry, 4));
  }
}
