// Threads with the very same deadline wake in the order in which they went to sleep.
import { clock_monotonic } from "mirage-wasm/abi";
import { Console } from "mirage-wasm/console";
import { blockUntil } from "mirage-wasm/scheduler/block";
import { MILLISECOND, spawn, Task, Thread } from "mirage-wasm/thread";

const COUNT: i32 = 40;
const order: i32[] = [];

class Sleeper extends Task {
  constructor(
    private index: i32,
    private deadline: i64,
  ) {
    super();
  }

  run(): void {
    blockUntil(this.deadline);
    order.push(this.index);
  }
}

export class Sleepers<C extends Console> {
  start(console: C): void {
    const threads: Thread[] = [];
    const deadline = clock_monotonic() + 100 * MILLISECOND;
    for (let i = 0; i < COUNT; i++) {
      // Every fourth is due earlier, so that the heap has to move the others about.
      threads.push(spawn(new Sleeper(i, i % 4 == 3 ? deadline - 50 * MILLISECOND : deadline)));
    }
    for (let i = 0; i < COUNT; i++) threads[i].join();
    console.log(order.join(" "));
  }
}
