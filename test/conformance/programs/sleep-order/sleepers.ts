// Sleeping threads wake in the order of their deadlines, whatever the order in which they went to sleep.
import { Console } from "mirage-wasm/console";
import { MILLISECOND, sleep, spawn, Task, Thread } from "mirage-wasm/thread";

class Sleeper<C extends Console> extends Task {
  constructor(
    private console: C,
    private milliseconds: i64,
  ) {
    super();
  }

  run(): void {
    sleep(this.milliseconds * MILLISECOND);
    this.console.log(this.milliseconds.toString() + " ms");
  }
}

const durations: i64[] = [500, 100, 700, 0, 300, 600, 200, 400];

export class Sleepers<C extends Console> {
  start(console: C): void {
    const threads: Thread[] = [];
    for (let i = 0; i < durations.length; i++) threads.push(spawn(new Sleeper<C>(console, durations[i])));
    for (let i = 0; i < threads.length; i++) threads[i].join();
    console.log("all awake");
  }
}
