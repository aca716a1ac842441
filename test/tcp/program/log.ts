import { get16, get32 } from "mirage-wasm/drivers/net/bytes";

const ROOM: i32 = 1024;

/** A segment that was sent. */
@unmanaged
export class Sent {
  at: i64;
  toEnd: i32;
  sequence: u32;
  ack: u32;
  flags: u32;
  window: u32;
  size: i32;
  header: i32;
}

/** The segments that were sent since the last `clear`, in a list with a bound. */
export class Log {
  private readonly memory: usize = heap.alloc(<usize>ROOM * offsetof<Sent>());
  count: i32 = 0;
  /** The first bytes of the last one, header and options. */
  readonly last: usize = heap.alloc(64);
  isOn: bool = false;

  clear(): void {
    this.count = 0;
    this.isOn = true;
  }

  at(index: i32): Sent {
    return changetype<Sent>(this.memory + <usize>index * offsetof<Sent>());
  }

  add(toEnd: i32, packet: usize, size: i32, now: i64): void {
    if (!this.isOn || this.count == ROOM) return;
    const sent = this.at(this.count++);
    sent.at = now;
    sent.toEnd = toEnd;
    sent.sequence = get32(packet + 4);
    sent.ack = get32(packet + 8);
    sent.header = <i32>(load<u8>(packet, 12) >> 4) << 2;
    sent.flags = load<u8>(packet, 13);
    sent.window = get16(packet + 14);
    sent.size = size - sent.header;
    memory.copy(this.last, packet, min(size, 60));
  }
}
