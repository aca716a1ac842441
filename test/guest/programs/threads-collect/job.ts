import { Console } from "mirage-wasm/console";
import { MILLISECOND, SECOND, sleep, spawn, Task, Thread } from "mirage-wasm/thread";

class Node {
  constructor(public label: string, public next: Node | null) {}
}

let seed: u32 = 12345;
function random(): u32 {
  seed ^= seed << 13;
  seed ^= seed >> 17;
  seed ^= seed << 5;
  return seed;
}

class Walker extends Task {
  wrong: i32 = 0;
  constructor(private number: i32) {
    super();
  }
  run(): void {
    const label = "thread " + this.number.toString();
    __collect();
    if (this.deep(5, new Node(label, null)) != 5 * label.length + 15) this.wrong++;
  }
  /** Holds an object in each of five frames across a sleep, and counts what is left of them. */
  deep(depth: i32, list: Node): i32 {
    if (depth == 0) {
      sleep((50 + (random() % 1000)) * MILLISECOND);
      return 0;
    }
    const mine = new Node("x".repeat(depth), list);
    __collect();
    const below = this.deep(depth - 1, mine);
    let last: Node = mine;
    while (last.next) last = last.next!;
    return below + last.label.length + mine.label.length;
  }
}

/** The same with a collection at every allocation. */
export class Job<C extends Console> {
  start(console: C): void {
    console.log("seed " + seed.toString());
    const walkers = new Array<Walker>();
    const threads = new Array<Thread>();
    for (let i = 0; i < 100; i++) {
      walkers.push(new Walker(i));
      threads.push(spawn(walkers[i]));
    }
    for (let i = 0; i < 100; i++) threads[i].join();
    let wrong = 0;
    for (let i = 0; i < 100; i++) wrong += walkers[i].wrong;
    console.log("wrong " + wrong.toString());
  }
}
