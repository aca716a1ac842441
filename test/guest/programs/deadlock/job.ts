import { Console } from "mirage-wasm/console";
import { MILLISECOND, SECOND, sleep, spawn, Task, Thread } from "mirage-wasm/thread";

class Waiter extends Task {
  self: Thread | null = null;
  run(): void {
    this.self!.join();
  }
}

/** Threads that wait for each other end the image with a message. */
export class Job<C extends Console> {
  start(console: C): void {
    const me = new Waiter();
    me.self = spawn(me);
    me.self!.join();
  }
}
