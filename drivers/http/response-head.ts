// The head of an answer: RFC 9112 section 4.

import { Head } from "./head";
import { isBodiless } from "./status";

const SP: u32 = 0x20;

export class ResponseHead extends Head {
  status: i32 = 0;
  private copy: Uint8Array | null = null;

  protected start(at: usize, end: usize): i32 {
    // HTTP/1.1 200, then a space and any text; some leave the space out with the text.
    if (end - at < 12 || load<u8>(at, 8) != SP || (end - at > 12 && load<u8>(at, 12) != SP)) return 502;
    if (this.version(at, at + 8)) return 502;
    this.status = 0;
    for (let digit = at + 9; digit < at + 12; digit++) {
      const value = <u32>load<u8>(digit) - 0x30;
      if (value > 9) return 502;
      this.status = this.status * 10 + value;
    }
    // Nobody has asked for another protocol.
    return this.status < 100 || this.status == 101 ? 502 : 0;
  }

  protected finish(): i32 {
    // Section 6.3: a length beside chunks is an attack, or will be taken for one.
    return this.isChunked && (!this.minor || this.length >= 0) ? 502 : 0;
  }

  protected tooLong(at: usize, end: usize): i32 {
    return -502;
  }

  /** Copies the head, of `size` bytes, to memory of its own. */
  keep(size: i32): void {
    const copy = new Uint8Array(size);
    memory.copy(copy.dataStart, this.fields.head, size);
    this.copy = copy;
    this.fields.head = copy.dataStart;
  }

  /** More answers of the same request follow: section 15.2 of RFC 9110. */
  get isInterim(): bool {
    return this.status < 200;
  }

  /** Section 6.3: is there no body, whatever the fields say? */
  isBodiless(method: string): bool {
    return isBodiless(this.status) || method == "HEAD";
  }
}
