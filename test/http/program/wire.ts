// A flow whose other side is written down.

import { clock_monotonic } from "mirage-wasm/abi";
import { Address } from "mirage-wasm/address";
import { SeededRandom } from "mirage-wasm/drivers/random";
import { Flow, Listener, NEVER } from "mirage-wasm/flow";
import { failed, Outcome, Result } from "mirage-wasm/result";
import { Semaphore } from "mirage-wasm/semaphore";
import { sleep } from "mirage-wasm/thread";

/** How what is said comes: in one piece, byte by byte, or in pieces of other sizes. */
export const WHOLE: i32 = 0;
const BYTES: i32 = 1;

const GATE: u8 = 0xff;

export class Wire implements Flow {
  readonly said: u8[] = [];
  readonly closed: Semaphore = new Semaphore(0);
  /** This side has ended before the other one has. */
  isEnded: bool = false;
  isClosed: bool = false;
  /** What is heard are answers, with a byte in front of each. */
  isAnswering: bool = false;
  private isAsked: bool = false;
  private at: i32 = 0;
  private isHeard: bool = false;
  private deadline: i64 = NEVER;

  /** `isSilent`: the other side does not end, but says nothing any more. */
  constructor(
    private readonly heard: Uint8Array,
    private readonly way: i32,
    private readonly random: SeededRandom,
    private readonly isSilent: bool,
  ) {}

  read(bytes: Uint8Array): i32 {
    if (this.isClosed) return Result.CLOSED;
    let left = this.heard.length - this.at;
    if (left && this.isAnswering) {
      // An answer comes when something was asked.
      if (this.heard[this.at] == GATE) {
        if (!this.isAsked) return 0;
        this.isAsked = false;
        this.at++;
      }
      left = 0;
      while (this.at + left < this.heard.length && this.heard[this.at + left] != GATE) left++;
    }
    if (!left) {
      if (this.isSilent && this.deadline != NEVER) {
        const result = sleep(this.deadline - clock_monotonic());
        return result == Result.OK ? Result.TIMEOUT : result;
      }
      this.isHeard = true;
      return 0;
    }
    const piece = this.way == WHOLE ? left : this.way == BYTES ? 1 : 1 + <i32>this.random.below(40);
    const count = min(min(left, piece), bytes.length);
    memory.copy(bytes.dataStart, this.heard.dataStart + this.at, count);
    this.at += count;
    return count;
  }

  write(bytes: Uint8Array, size: i32): Result {
    this.isAsked = true;
    for (let i = 0; i < size; i++) this.said.push(bytes[i]);
    return Result.OK;
  }

  until(deadline: i64): void {
    this.deadline = deadline;
  }

  noDelay(isSet: bool): void {}

  giveUpAfter(duration: i64): void {}

  shutdown(): void {
    if (!this.isHeard) this.isEnded = true;
  }

  close(): void {
    this.shutdown();
    this.isClosed = true;
    this.closed.release();
  }

  address(): Address {
    return Address.parse("192.0.2.1")!;
  }

  port(): u16 {
    return 1;
  }
}

/** One flow, and then none when that is closed. */
export class Once implements Listener {
  private isTaken: bool = false;

  constructor(private readonly flow: Wire) {}

  accept(deadline: i64): Outcome<Flow> {
    if (!this.isTaken) {
      this.isTaken = true;
      return new Outcome<Flow>(Result.OK, this.flow);
    }
    this.flow.closed.acquire();
    return failed<Flow>(Result.CLOSED);
  }

  port(): u16 {
    return 80;
  }

  close(): void {}
}
