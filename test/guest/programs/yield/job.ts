import { Console } from "mirage-wasm/console";
import { MILLISECOND, SECOND, sleep, spawn, Task, Thread } from "mirage-wasm/thread";

class Counter<C extends Console> extends Task {
  constructor(private console: C, private name: string) {
    super();
  }
  run(): void {
    for (let i = 0; i < 3; i++) {
      this.console.log(this.name + i.toString());
      Thread.yield();
    }
  }
}

/** Threads that yield take turns. */
export class Job<C extends Console> {
  start(console: C): void {
    const a = spawn(new Counter<C>(console, "a"));
    const b = spawn(new Counter<C>(console, "b"));
    a.join();
    b.join();
  }
}
