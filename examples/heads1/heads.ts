import { Console } from "mirage-wasm/console";
import { all, SECOND, sleep, spawn, Task } from "mirage-wasm/thread";

class Toss<C extends Console> extends Task {
  constructor(
    private console: C,
    private duration: i64,
    private side: string,
  ) {
    super();
  }

  run(): void {
    sleep(this.duration);
    this.console.log(this.side);
  }
}

export class Heads<C extends Console> {
  start(console: C): void {
    all([spawn(new Toss<C>(console, SECOND, "Heads")), spawn(new Toss<C>(console, 2 * SECOND, "Tails"))]);
    console.log("Finished");
  }
}
