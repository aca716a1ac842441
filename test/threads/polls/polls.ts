// WAITERS ROUNDS HOW: each of many threads waits for a pollable of its own, and says its number whenever that is ready, ROUNDS
// times. Meanwhile the first thread keeps yielding ("busy"), or waits for them ("idle"). Or they sleep for a second ("asleep").
import { stdin_pollable } from "mirage-wasm/abi";
import { args } from "mirage-wasm/args";
import { Console } from "mirage-wasm/console";
import { block, NEVER } from "mirage-wasm/scheduler/block";
import { all, SECOND, sleep, spawn, Task, Thread } from "mirage-wasm/thread";

let waiting: i32 = 0;

class Waiter<C extends Console> extends Task {
  private pollable: i32 = stdin_pollable();

  constructor(
    private console: C,
    private number: i32,
    private rounds: i32,
    private asleep: bool,
  ) {
    super();
  }

  run(): void {
    for (let i = 0; i < this.rounds; i++) {
      if (this.asleep) sleep(SECOND);
      else block(this.pollable, NEVER);
      this.console.log(this.number.toString());
    }
    waiting--;
  }
}

export class Polls<C extends Console> {
  start(console: C): void {
    const words = args();
    const threads: Thread[] = [];
    waiting = I32.parseInt(words[1]);
    for (let i = 0; i < I32.parseInt(words[1]); i++) threads.push(spawn(new Waiter<C>(console, i, I32.parseInt(words[2]), words[3] == "asleep")));
    if (words[3] == "busy") while (waiting) Thread.yield();
    all(threads);
  }
}
