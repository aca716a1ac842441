// 100 threads sleep for random times on five levels of calls, with a collection at every allocation: none may take what a
// suspended thread still holds. Every value is checked.
import { args } from "mirage-wasm/args";
import { Console } from "mirage-wasm/console";
import { MICROSECOND, sleep, spawn, Task, Thread } from "mirage-wasm/thread";

const COUNT: i32 = 100;
const DEPTH: i32 = 5;

let wrong: i32 = 0;
let checks: i32 = 0;

class Level {
  child: Level | null = null;

  constructor(
    public index: i32,
    public depth: i32,
    public label: string,
  ) {
    __collect();
  }
}

function label(index: i32, depth: i32): string {
  const text = index.toString();
  __collect();
  const whole = text + "/" + depth.toString();
  __collect();
  return whole;
}

/** Numerical Recipes' 32-bit generator. */
class Random {
  constructor(private state: u32) {}

  below(limit: i32): i32 {
    this.state = this.state * 1664525 + 1013904223;
    return <i32>((<u64>this.state * <u64>limit) >> 32);
  }
}

class Member extends Task {
  constructor(
    private index: i32,
    private random: Random,
  ) {
    super();
  }

  run(): void {
    this.descend(1);
  }

  private descend(depth: i32): Level {
    const level = new Level(this.index, depth, label(this.index, depth));
    this.pause();
    if (depth < DEPTH) level.child = this.descend(depth + 1);
    this.pause();
    checks++;
    if (level.index != this.index || level.depth != depth || level.label != label(this.index, depth)) wrong++;
    const child = level.child;
    if (depth < DEPTH && (child === null || child.label != label(this.index, depth + 1))) wrong++;
    return level;
  }

  private pause(): void {
    if (this.random.below(4)) sleep(this.random.below(20_000) * MICROSECOND);
    else Thread.yield();
  }
}

export class Crowd<C extends Console> {
  start(console: C): void {
    const seed = args()[1];
    console.log("seed " + seed);
    const random = new Random(U32.parseInt(seed));
    const threads: Thread[] = [];
    for (let i = 0; i < COUNT; i++) threads.push(spawn(new Member(i, random), label(i, 0)));
    for (let i = 0; i < COUNT; i++) threads[i].join();
    for (let i = 0; i < COUNT; i++) if (threads[i].name != label(i, 0)) wrong++;
    console.log(checks.toString() + " checks, " + wrong.toString() + " values are wrong");
  }
}
