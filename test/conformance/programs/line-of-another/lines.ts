// A thread waits for a line; another one reads, before the host has been asked, and gets its own line together with that.
import { Clock } from "mirage-wasm/clock";
import { Console } from "mirage-wasm/console";
import { spawn, Task, Thread } from "mirage-wasm/thread";

class Reader<C extends Console> extends Task {
  constructor(private console: C) {
    super();
  }

  run(): void {
    const line = this.console.readLine();
    this.console.log(line === null ? "no line" : line);
  }
}

export class Lines<C extends Console, K extends Clock> {
  start(console: C, clock: K): void {
    const reader = spawn(new Reader<C>(console));
    Thread.yield();
    console.log("ready");
    // Both lines come meanwhile.
    const end = clock.now() + 1_000_000_000;
    while (clock.now() < end) {}
    new Reader<C>(console).run();
    reader.join();
  }
}
