// 10,000 threads are suspended at once, each five calls deep with live objects on every level, and woken in a random
// order: each joins the one before it in that order. Every value is checked.
import { args } from "mirage-wasm/args";
import { Console } from "mirage-wasm/console";
import { spawn, Task, Thread } from "mirage-wasm/thread";

const COUNT: i32 = 10_000;
const DEPTH: i32 = 5;

const threads = new Array<Thread>(COUNT);
/** The thread that each one joins; -1 for the first, which joins the gate. */
const before = new Array<i32>(COUNT);
let gate: Thread | null = null;
let asleep: i32 = 0;
const woken: i32[] = [];
let wrong: i32 = 0;

class Level {
  constructor(
    public index: i32,
    public depth: i32,
    public label: string,
  ) {}
}

class Member extends Task {
  constructor(private index: i32) {
    super();
  }

  run(): void {
    if (this.descend(1, null) != DEPTH) wrong++;
  }

  private descend(depth: i32, above: Level | null): i32 {
    const level = new Level(this.index, depth, this.index.toString() + "/" + depth.toString());
    const scratch = [this.index, depth];
    let reached = depth;
    if (depth < DEPTH) reached = this.descend(depth + 1, level);
    else this.wait();
    if (level.index != this.index || level.depth != depth) wrong++;
    if (level.label != this.index.toString() + "/" + depth.toString()) wrong++;
    if (scratch.length != 2 || scratch[0] != this.index || scratch[1] != depth) wrong++;
    if (above !== null && (above.index != this.index || above.depth != depth - 1)) wrong++;
    return reached;
  }

  private wait(): void {
    const other = before[this.index];
    asleep++;
    if (other < 0) gate!.join();
    else threads[other].join();
    woken.push(this.index);
  }
}

/** Ends when all others have had their first turn. */
class Gate<C extends Console> extends Task {
  constructor(private console: C) {
    super();
  }

  run(): void {
    this.console.log(asleep.toString() + " threads are suspended");
  }
}

/** Numerical Recipes' 32-bit generator. */
class Random {
  constructor(private state: u32) {}

  below(limit: i32): i32 {
    this.state = this.state * 1664525 + 1013904223;
    return <i32>((<u64>this.state * <u64>limit) >> 32);
  }
}

export class Crowd<C extends Console> {
  start(console: C): void {
    const seed = args()[1];
    console.log("seed " + seed);
    const random = new Random(U32.parseInt(seed));
    const order = new Array<i32>(COUNT);
    for (let i = 0; i < COUNT; i++) {
      const j = random.below(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    before[order[0]] = -1;
    for (let i = 1; i < COUNT; i++) before[order[i]] = order[i - 1];

    for (let i = 0; i < COUNT; i++) threads[i] = spawn(new Member(i));
    gate = spawn(new Gate<C>(console));
    threads[order[COUNT - 1]].join();

    for (let i = 0; i < COUNT; i++) if (woken[i] != order[i]) wrong++;
    console.log(woken.length.toString() + " threads woke, " + wrong.toString() + " values are wrong");
  }
}
