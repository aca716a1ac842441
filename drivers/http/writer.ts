import { showHex } from "mirage-wasm/number";

/** Bytes that are put together, in memory that grows. It is to be freed. */
export class Writer {
  memory: usize;
  size: i32 = 0;

  constructor(public room: i32) {
    this.memory = heap.alloc(room);
  }

  /** Makes room for so many bytes, and returns where they go. */
  reserve(count: i32): usize {
    if (this.size + count > this.room) {
      this.room = max(this.room << 1, this.size + count);
      this.memory = heap.realloc(this.memory, this.room);
    }
    return this.memory + this.size;
  }

  byte(byte: u32): void {
    store<u8>(this.reserve(1), byte);
    this.size++;
  }

  bytes(at: usize, count: i32): void {
    memory.copy(this.reserve(count), at, count);
    this.size += count;
  }

  /** Text of ASCII. */
  ascii(text: string): void {
    const count = text.length;
    const to = this.reserve(count);
    for (let i = 0; i < count; i++) store<u8>(to + i, <u8>load<u16>(changetype<usize>(text) + (<usize>i << 1)));
    this.size += count;
  }

  utf8(text: string): void {
    const count = <i32>String.UTF8.byteLength(text);
    String.UTF8.encodeUnsafe(changetype<usize>(text), text.length, this.reserve(count));
    this.size += count;
  }

  decimal(value: u64): void {
    let count = 1;
    for (let rest = value / 10; rest; rest /= 10) count++;
    const to = this.reserve(count);
    for (let i = count - 1; i >= 0; i--) {
      store<u8>(to + i, <u8>(0x30 + (value % 10)));
      value /= 10;
    }
    this.size += count;
  }

  hex(value: u32): void {
    let shift = 28;
    while (shift && !(value >> shift)) shift -= 4;
    for (; shift >= 0; shift -= 4) this.byte(showHex((value >> shift) & 15).charCodeAt(0));
  }

  free(): void {
    heap.free(this.memory);
  }
}
