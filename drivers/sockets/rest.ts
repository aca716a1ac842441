import { Connection } from "mirage-wasm/drivers/net/tcp/connection";

/** Bytes that were taken from the image, for which the connection's memory is too short now. */
export class Rest {
  private at: usize = 0;
  private size: i32 = 0;

  keep(from: usize, size: i32): void {
    this.at = heap.alloc(size);
    this.size = size;
    memory.copy(this.at, from, size);
  }

  /** Writes them. False: some still wait. */
  flush(connection: Connection): bool {
    if (!this.size) return true;
    const count = connection.write(this.at, this.size);
    // A connection that is over takes nothing, and nobody hears of it.
    const left = count < 0 ? 0 : this.size - count;
    if (left) memory.copy(this.at, this.at + <usize>count, left);
    else heap.free(this.at);
    this.size = left;
    return !left;
  }

  drop(): void {
    if (this.size) heap.free(this.at);
    this.size = 0;
  }
}
