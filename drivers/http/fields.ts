import { decodeUTF8 } from "mirage-wasm/utf8";
import { isWord } from "./characters";

/** The most field lines of a head. */
export const MAX_FIELDS: i32 = 100;

/** Of a field: where its name and its value begin and end. */
const PLACES: i32 = 4;

/** The field lines of a head as places in it, for as long as it stands in its buffer. */
export class Fields {
  count: i32 = 0;
  /** Where the head begins. */
  head: usize = 0;
  private readonly places: StaticArray<u16> = new StaticArray<u16>(MAX_FIELDS * PLACES);

  /** False: there are too many. */
  add(name: i32, nameEnd: i32, value: i32, valueEnd: i32): bool {
    if (this.count == MAX_FIELDS) return false;
    const at = this.count++ * PLACES;
    unchecked((this.places[at] = <u16>name));
    unchecked((this.places[at + 1] = <u16>nameEnd));
    unchecked((this.places[at + 2] = <u16>value));
    unchecked((this.places[at + 3] = <u16>valueEnd));
    return true;
  }

  nameOf(index: i32): string {
    const at = index * PLACES;
    return this.text(this.places[at], this.places[at + 1]);
  }

  valueOf(index: i32): string {
    const at = index * PLACES;
    return this.text(this.places[at + 2], this.places[at + 3]);
  }

  /** The first of this name from `index` on, or -1. `name` is in lower case. */
  find(name: string, index: i32 = 0): i32 {
    for (; index < this.count; index++) {
      const at = index * PLACES;
      if (isWord(name, this.head + unchecked(this.places[at]), this.head + unchecked(this.places[at + 1]))) return index;
    }
    return -1;
  }

  /** RFC 9110 section 5.3: all values of this name with commas between them, or null. */
  get(name: string): string | null {
    let index = this.find(name);
    if (index < 0) return null;
    let text = this.valueOf(index);
    while ((index = this.find(name, index + 1)) >= 0) text += ", " + this.valueOf(index);
    return text;
  }

  /** Of what stands between two places of the head. */
  text(from: i32, to: i32): string {
    return decodeUTF8(this.head + from, to - from);
  }
}
