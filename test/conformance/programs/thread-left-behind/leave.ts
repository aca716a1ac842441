// The image ends with its last job: a thread that is still asleep then, or ready to run, does not hold it up.
import { Console } from "mirage-wasm/console";
import { MILLISECOND, SECOND, sleep, spawn, Task, Thread } from "mirage-wasm/thread";

class Sleeper<C extends Console> extends Task {
  constructor(private console: C) {
    super();
  }

  run(): void {
    this.console.log("asleep");
    sleep(100 * SECOND);
    this.console.log("AWAKE");
  }
}

class Busy extends Task {
  run(): void {
    while (true) Thread.yield();
  }
}

export class Leave<C extends Console> {
  start(console: C): void {
    spawn(new Sleeper<C>(console));
    spawn(new Busy());
    sleep(50 * MILLISECOND);
    console.log("the job ends");
  }
}
