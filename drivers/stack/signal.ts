import { Waiter } from "mirage-wasm/drivers/net/ip";
import { Result } from "mirage-wasm/result";
import { blockIn, wakeAll } from "mirage-wasm/scheduler/block";
import { Awaited } from "mirage-wasm/scheduler/queue";

class Sleepers extends Awaited {
  wait(deadline: i64): Result {
    return blockIn(this.queue, deadline);
  }

  wake(): void {
    wakeAll(this.queue, Result.OK);
  }
}

/** Threads that wait until something of a socket has changed: each then looks whether it is what it waits for. */
export class Signal extends Waiter {
  private readonly sleepers: Sleepers = new Sleepers();

  wait(deadline: i64): Result {
    return this.sleepers.wait(deadline);
  }

  wake(): void {
    this.sleepers.wake();
  }
}
