import { pollable_drop } from "mirage-wasm/abi";
import { threads } from "mirage-wasm/link";
import { Result } from "mirage-wasm/result";
import { block, wake } from "mirage-wasm/scheduler/block";
import { current, Record } from "mirage-wasm/scheduler/record";
import { pollables } from "./socket-counters";

/** What the host says when there is something to do with a handle. It is dropped before that; one thread at a time waits for it. */
export class Readiness {
  private waiting: Record | null = null;

  /** Owns the pollable. */
  constructor(private readonly pollable: i32) {
    pollables.add(1);
  }

  /** `OK`, `TIMEOUT`, `CANCELLED`, or `CLOSED`: it was dropped. */
  wait(deadline: i64): Result {
    this.waiting = current;
    const result = block(this.pollable, deadline);
    this.waiting = null;
    return result;
  }

  drop(): void {
    const waiting = this.waiting;
    if (threads() && waiting) wake(waiting, Result.CLOSED);
    pollable_drop(this.pollable);
    pollables.add(-1);
  }
}
