// Threads that yield take turns, and all that join a thread go on in the order in which they joined.
import { Console } from "mirage-wasm/console";
import { spawn, Task, Thread } from "mirage-wasm/thread";

class Turn<C extends Console> extends Task {
  constructor(
    private console: C,
    private name: string,
    private turns: i32,
  ) {
    super();
  }

  run(): void {
    for (let i = 1; i <= this.turns; i++) {
      this.console.log(this.name + i.toString());
      Thread.yield();
    }
  }
}

class Joiner<C extends Console> extends Task {
  constructor(
    private console: C,
    private name: string,
    private other: Thread,
  ) {
    super();
  }

  run(): void {
    this.other.join();
    this.console.log(this.name + " joined " + this.other.name);
  }
}

export class Turns<C extends Console> {
  start(console: C): void {
    const a = spawn(new Turn<C>(console, "a", 3), "a");
    spawn(new Turn<C>(console, "b", 2), "b");
    const joiners: Thread[] = [];
    for (let i = 0; i < 3; i++) joiners.push(spawn(new Joiner<C>(console, "joiner " + i.toString(), a)));
    for (let i = 0; i < 3; i++) joiners[i].join();
    // One that has ended long ago holds nobody up.
    a.join();
    console.log("done");
  }
}
