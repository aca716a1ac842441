import { SeededRandom } from "mirage-wasm/drivers/random";
import { Network } from "mirage-wasm/network";
import { Result } from "mirage-wasm/result";
import { MILLISECOND, sleep, spawn, Task } from "mirage-wasm/thread";
import { Wrapped } from "./wrapped";

/** Shares are of so many. */
const WHOLE: u32 = 1_000_000;

/** A frame that goes later, of a thread of its own. */
class Late extends Task {
  private readonly frame: StaticArray<u8>;

  constructor(
    private readonly network: Network,
    size: i32,
    private readonly delay: i64,
  ) {
    super();
    const frame = new StaticArray<u8>(size);
    memory.copy(changetype<usize>(frame), network.buffer(), size);
    this.frame = frame;
  }

  run(): void {
    if (sleep(this.delay) != Result.OK) return;
    memory.copy(this.network.buffer(), changetype<usize>(this.frame), this.frame.length);
    this.network.send(this.frame.length);
    this.network.flush();
  }
}

/**
 * A network that does to what is sent what bad ones do, each to its share of all frames, in millionths: it loses, duplicates, flips a bit of, or
 * delays them, so that others overtake. The same `seed` does the same.
 */
export class Fault<N extends Network> extends Wrapped<N> {
  private readonly random: SeededRandom;

  constructor(
    network: N,
    seed: i32,
    private readonly loss: i32,
    private readonly duplicates: i32,
    private readonly corrupt: i32,
    private readonly delayed: i32,
    private readonly milliseconds: i32,
  ) {
    super(network);
    this.random = new SeededRandom(seed);
  }

  send(size: i32): bool {
    if (this.happens(this.loss)) return true;
    const network = this.network;
    if (this.happens(this.corrupt)) {
      const byte = network.buffer() + this.random.below(size);
      store<u8>(byte, load<u8>(byte) ^ <u8>(<u32>1 << this.random.below(8)));
    }
    if (this.happens(this.duplicates)) spawn(new Late(network, size, 0), "duplicate");
    if (!this.happens(this.delayed)) return network.send(size);
    spawn(new Late(network, size, this.milliseconds * MILLISECOND), "late");
    return true;
  }

  private happens(share: i32): bool {
    return share != 0 && this.random.below(WHOLE) < <u32>share;
  }
}
