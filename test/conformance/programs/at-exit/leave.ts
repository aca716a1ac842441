// Tasks for the end run after the last job, the last one first; they may block, and no other thread runs any more.
import { Console } from "mirage-wasm/console";
import { atExit, MILLISECOND, sleep, spawn, Task, Thread } from "mirage-wasm/thread";

class Last<C extends Console> extends Task {
  constructor(
    private console: C,
    private name: string,
  ) {
    super();
  }

  run(): void {
    sleep(20 * MILLISECOND);
    this.console.log(`${this.name} at the end`);
  }
}

class Rest<C extends Console> extends Task {
  constructor(private console: C) {
    super();
  }

  run(): void {
    sleep(10 * MILLISECOND);
    this.console.log("STILL THERE");
  }
}

export class Leave<C extends Console> {
  start(console: C): void {
    atExit(new Last<C>(console, "first"));
    atExit(new Last<C>(console, "second"));
    spawn(new Rest<C>(console));
    Thread.yield();
    console.log("the job ends");
  }
}
