import { decodeUTF8 } from "./utf8";

/** A message of HTTP that comes: its fields have, its body comes as it is read. */
export abstract class Message {
  /** The values of this field, with ", " between those of several lines; null: there is none. `name` is in lower case. */
  abstract header(name: string): string | null;

  /** How many field lines there are, and the name and value of each. */
  abstract get fieldCount(): i32;
  abstract fieldName(index: i32): string;
  abstract fieldValue(index: i32): string;

  /** Bytes of the body; -1: only its end will tell. */
  abstract get length(): i64;

  /**
   * Reads what has come of the body, at most all of `bytes`, and blocks until some has. Returns how many; 0: that was all;
   * `CLOSED`: the other side is gone, or what it sends is wrong; `TIMEOUT`: it is too slow; `CANCELLED`.
   */
  abstract read(bytes: Uint8Array): i32;

  /** All of the body. Null when it is more than `most` bytes or does not all come. */
  bytes(most: i32): Uint8Array | null {
    const known = this.length;
    if (known > most) return null;
    // One more, to see that there are no more.
    let all = new Uint8Array(known >= 0 ? <i32>known : min(most, 4096) + 1);
    let size = 0;
    while (known < 0 || size < known) {
      if (size == all.length) {
        if (size > most) return null;
        const larger = new Uint8Array(min<i32>(2 * size, most + 1));
        memory.copy(larger.dataStart, all.dataStart, size);
        all = larger;
      }
      const count = this.read(all.subarray(size));
      if (count < 0) return null;
      if (!count) break;
      size += count;
    }
    return size > most || size < known ? null : all.subarray(0, size);
  }

  /** The same as text. */
  text(most: i32): string | null {
    const all = this.bytes(most);
    return all ? decodeUTF8(all.dataStart, all.length) : null;
  }
}
