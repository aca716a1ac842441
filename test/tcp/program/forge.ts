import { put16, put32 } from "mirage-wasm/drivers/net/bytes";
import { fold, pseudoSum, sum } from "mirage-wasm/drivers/net/checksum";
import { TCP, V4_HIGH } from "mirage-wasm/drivers/net/ip";
import { Tcp } from "mirage-wasm/drivers/net/tcp/tcp";
import { SeededRandom } from "mirage-wasm/drivers/random";
import { ACK, SYN } from "./lab";

/** Writes segments in anybody's name, and gives them to a stack. */
export class Forge {
  fromLow: u64 = 0;
  toLow: u64 = 0;
  fromPort: u16 = 0;
  toPort: u16 = 0;
  /** Text of the next segment; else it is false. */
  text: usize = 0;
  private readonly segment: usize = heap.alloc(4096);
  private options: i32 = 0;

  constructor(readonly random: SeededRandom) {}

  between(fromLow: u64, fromPort: u16, toLow: u64, toPort: u16): void {
    this.fromLow = fromLow;
    this.fromPort = fromPort;
    this.toLow = toLow;
    this.toPort = toPort;
    this.forget();
  }

  /** Options of the next segment. */
  withTimestamp(value: u32, echo: u32): void {
    const at = this.grow(12);
    store<u32>(at, 0x0a080101);
    put32(at + 4, value);
    put32(at + 8, echo);
  }

  withSack(start: u32, end: u32): void {
    const at = this.grow(12);
    store<u32>(at, 0x0a050101);
    put32(at + 4, start);
    put32(at + 8, end);
  }

  withSyn(mss: i32, hasSack: bool, scale: i32): void {
    const at = this.grow(12);
    store<u32>(at, 0x0402);
    put16(at + 2, mss);
    store<u32>(at, hasSack ? 0x02040101 : 0x01010101, 4);
    store<u32>(at, scale < 0 ? 0x01010101 : 0x00030301 | (<u32>scale << 24), 8);
  }

  withNoise(): void {
    const size = 4 * this.random.below(6);
    const at = this.grow(size);
    for (let i: u32 = 0; i < <u32>size; i++) store<u8>(at + i, <u8>(this.random.below(3) ? this.random.below(10) : this.random.u32()));
  }

  /** The next one has no options. */
  forget(): void {
    this.options = 0;
  }

  private grow(size: i32): usize {
    const at = this.segment + 20 + this.options;
    this.options += size;
    return at;
  }

  send(tcp: Tcp, now: i64, flags: u32, sequence: u32, ack: u32, window: i32, size: i32 = 0): void {
    const at = this.segment;
    const header = 20 + this.options;
    put16(at, this.fromPort);
    put16(at + 2, this.toPort);
    put32(at + 4, sequence);
    put32(at + 8, flags & ACK ? ack : 0);
    store<u16>(at, <u16>((header << 2) | (flags << 8)), 12);
    put16(at + 14, window);
    put16(at + 18, this.random.below(4) ? 0 : this.random.below(65_536));
    if (this.text) memory.copy(at + header, this.text, size);
    else for (let i = 0; i < size; i++) store<u8>(at + header + i, <u8>(i ^ 0xa5));
    this.options = 0;
    this.text = 0;
    this.give(tcp, now, at, header + size);
  }

  /** Gives a segment, with its checksum or with one that is wrong. */
  give(tcp: Tcp, now: i64, at: usize, size: i32, isWrong: bool = false): void {
    store<u16>(at, 0, 16);
    store<u16>(at, <u16>~fold(sum(at, size, pseudoSum(V4_HIGH, this.fromLow, V4_HIGH, this.toLow, TCP, size))) ^ <u16>isWrong, 16);
    tcp.input(V4_HIGH, this.fromLow, V4_HIGH, this.toLow, at, size, now);
  }

  /** Makes a SYN that is being sent offer less, as boxes on the way do. */
  strip(packet: usize, size: i32, fromLow: u64, toLow: u64): void {
    if ((load<u8>(packet, 13) & (SYN | ACK)) != SYN) return;
    const end = packet + (<usize>(load<u8>(packet, 12) >> 4) << 2);
    for (let at = packet + 20; at < end && load<u8>(at) != 0; ) {
      const kind = load<u8>(at);
      const length: usize = kind == 1 ? 1 : load<u8>(at, 1);
      if (kind > 2 && this.random.below(2)) memory.fill(at, 1, length);
      at += length;
    }
    store<u16>(packet, 0, 16);
    store<u16>(packet, <u16>~fold(sum(packet, size, pseudoSum(V4_HIGH, fromLow, V4_HIGH, toLow, TCP, size))), 16);
  }
}
