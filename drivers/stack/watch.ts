import { NEVER } from "mirage-wasm/flow";
import { Result } from "mirage-wasm/result";
import { spawn, Task, Thread } from "mirage-wasm/thread";
import { Readiness } from "./readiness";
import { Signal } from "./signal";

/** A thread that says by a signal that something is ready: who waits for the signal may so wait for several things. */
export class Watch extends Task {
  private readonly seen: Signal = new Signal();
  private thread: Thread | null = null;

  constructor(
    private readonly ready: Readiness,
    private readonly signal: Signal,
  ) {
    super();
  }

  start(name: string): void {
    this.thread = spawn(this, name);
  }

  run(): void {
    while (this.ready.wait(NEVER) == Result.OK) {
      this.signal.wake();
      if (this.seen.wait(NEVER) != Result.OK) return;
    }
  }

  /** There was nothing: the next time is to be said. */
  again(): void {
    this.seen.wake();
  }

  /** Drops what it watches. */
  close(): void {
    // A thread that was cancelled waits for nothing more.
    this.thread!.cancel();
    this.ready.drop();
  }
}
