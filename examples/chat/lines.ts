import { Flow } from "mirage-wasm/stack";

const NEWLINE: i32 = 0x0a;
const RETURN: i32 = 0x0d;

/** The lines that come by a flow. */
export class Lines {
  private readonly bytes: Uint8Array;
  private line: Uint8Array;
  private next: i32 = 0;
  private count: i32 = 0;

  /** `most`: bytes of a line. */
  constructor(
    private readonly flow: Flow,
    most: i32,
  ) {
    this.bytes = new Uint8Array(most);
    this.line = new Uint8Array(most);
  }

  /** The next one without its end; null: there will be none any more, or it is too long. */
  read(): string | null {
    let size = 0;
    while (size < this.line.length) {
      if (this.next == this.count) {
        this.next = 0;
        this.count = max(this.flow.read(this.bytes), 0);
        if (!this.count) return null;
      }
      const byte = this.bytes[this.next++];
      if (byte == NEWLINE) return String.UTF8.decodeUnsafe(this.line.dataStart, size);
      if (byte != RETURN) this.line[size++] = byte;
    }
    return null;
  }
}
