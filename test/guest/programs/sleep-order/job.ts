import { Console } from "mirage-wasm/console";
import { MILLISECOND, SECOND, sleep, spawn, Task, Thread } from "mirage-wasm/thread";

class Sleeper<C extends Console> extends Task {
  constructor(private console: C, private number: i32, private delay: i32) {
    super();
  }
  run(): void {
    sleep(this.delay * MILLISECOND);
    this.console.log(this.number.toString() + " after " + this.delay.toString());
  }
}

/** Sleepers wake by deadline, and of equal ones the first to sleep first. */
export class Job<C extends Console> {
  start(console: C): void {
    const delays: i32[] = [90, 30, 60, 30, 0];
    const threads = new Array<Thread>();
    for (let i = 0; i < delays.length; i++) threads.push(spawn(new Sleeper<C>(console, i, delays[i])));
    for (let i = 0; i < threads.length; i++) threads[i].join();
    console.log("joined");
  }
}
