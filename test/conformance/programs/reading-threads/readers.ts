// Threads that read side by side get every line, in its order and when it is there: several lines may come at once, while
// more threads than one wait. Each of them sees the end.
import { Console } from "mirage-wasm/console";
import { spawn, Task, Thread } from "mirage-wasm/thread";

class Reader<C extends Console> extends Task {
  constructor(private console: C) {
    super();
  }

  run(): void {
    let line = this.console.readLine();
    while (line !== null) {
      this.console.log(line);
      Thread.yield();
      line = this.console.readLine();
    }
    this.console.log("a reader is at the end");
  }
}

export class Readers<C extends Console> {
  start(console: C): void {
    console.log("ready");
    const threads: Thread[] = [];
    for (let i = 0; i < 3; i++) threads.push(spawn(new Reader<C>(console)));
    for (let i = 0; i < threads.length; i++) threads[i].join();
  }
}
