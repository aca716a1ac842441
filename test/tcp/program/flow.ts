import { BROKEN, Connection, END } from "mirage-wasm/drivers/net/tcp/connection";
import { Bed, SECOND } from "./bed";
import { check, equal } from "./check";

const CHUNK: i32 = 16_384;
const bytes = heap.alloc(CHUNK);

/** The byte that stands at this place of what the source sends. */
// @ts-ignore: decorator
@inline
function byteAt(place: u64): u8 {
  return <u8>(((place * 0x9e3779b97f4a7c15) >> 32) ^ place);
}

/** Writes `total` bytes, then ends. */
export class Source {
  written: u64 = 0;
  isEnded: bool = false;

  constructor(
    readonly connection: Connection,
    readonly total: u64,
  ) {}

  go(): void {
    while (this.written < this.total) {
      const size = <i32>min<u64>(CHUNK, this.total - this.written);
      for (let i = 0; i < size; i++) store<u8>(bytes + i, byteAt(this.written + i));
      const taken = this.connection.write(bytes, size);
      if (taken <= 0) return;
      this.written += taken;
    }
    if (this.isEnded) return;
    this.isEnded = true;
    this.connection.shutdown();
  }
}

/** Reads to the end, and compares. */
export class Sink {
  read: u64 = 0;
  isEnded: bool = false;
  isBroken: bool = false;
  isRight: bool = true;

  constructor(readonly connection: Connection) {}

  go(most: i32 = i32.MAX_VALUE): void {
    while (!this.isEnded && !this.isBroken && most > 0) {
      const size = this.connection.read(bytes, min(CHUNK, most));
      if (size == 0) return;
      if (size == END) this.isEnded = true;
      else if (size == BROKEN) this.isBroken = true;
      else {
        for (let i = 0; i < size; i++) if (load<u8>(bytes + i) != byteAt(this.read + i)) this.isRight = false;
        this.read += size;
        most -= size;
      }
    }
  }
}

/** Sends `total` bytes from one end to the other, and says whether they have come. */
export function transfer(bed: Bed, from: Connection, to: Connection, total: u64, limit: i64 = 86_400 * SECOND): void {
  const source = new Source(from, total);
  const sink = new Sink(to);
  const until = bed.now + limit;
  source.go();
  while (!sink.isEnded && !sink.isBroken && bed.once(until)) {
    source.go();
    sink.go();
  }
  check(sink.isRight, "the bytes are the same");
  check(!sink.isBroken, "the connection holds");
  equal(sink.read, total, "bytes read");
  check(sink.isEnded, "the end is read");
}
