import { Console } from "mirage-wasm/console";
import { MILLISECOND, SECOND, sleep, spawn, Task, Thread } from "mirage-wasm/thread";

class Ticker<C extends Console> extends Task {
  constructor(private console: C) {
    super();
  }
  run(): void {
    for (let i = 0; i < 3; i++) {
      sleep(SECOND);
      this.console.log("tick");
    }
  }
}

/** Lines are echoed while a timer ticks. */
export class Job<C extends Console> {
  start(console: C): void {
    let line = console.readLine();
    const ticker = spawn(new Ticker<C>(console));
    while (line !== null) {
      console.log("> " + line);
      line = console.readLine();
    }
    ticker.join();
  }
}
