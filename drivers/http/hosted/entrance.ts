// How what the host brings comes to the job that serves.

import { Handler } from "mirage-wasm/http";
import { Result } from "mirage-wasm/result";
import { blockIn, wakeAll } from "mirage-wasm/scheduler/block";
import { Awaited } from "mirage-wasm/scheduler/queue";

/** The image's only one, as the host knows no ports. */
class Entrance extends Awaited {
  /** Who answers; null: nobody does. */
  handler: Handler | null = null;
  /** Somebody has, and does not any more. */
  isClosed: bool = false;
  /** The most bytes of a request's body. */
  limit: i64 = 0;

  /** Until it is closed, or its thread cancelled. `CLOSED`: somebody else serves. */
  serve(handler: Handler, limit: i64): Result {
    if (this.handler) return Result.CLOSED;
    this.handler = handler;
    this.limit = limit;
    this.isClosed = false;
    const result = blockIn(this.queue);
    if (result != Result.OK) this.close();
    return result;
  }

  close(): void {
    this.handler = null;
    this.isClosed = true;
    wakeAll(this.queue, Result.OK);
  }
}

export const entrance = new Entrance();
