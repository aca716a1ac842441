// A thread ends the image at once, while the job and another thread still sleep.
import { args } from "mirage-wasm/args";
import { Console } from "mirage-wasm/console";
import { MILLISECOND, SECOND, sleep, spawn, Task } from "mirage-wasm/thread";

class Exit extends Task {
  run(): void {
    sleep(MILLISECOND);
    process.exit(i32.parse(args()[1]));
  }
}

class Sleeper extends Task {
  run(): void {
    sleep(1000 * SECOND);
  }
}

export class Leave<C extends Console> {
  start(console: C): void {
    spawn(new Sleeper());
    spawn(new Exit());
    console.log("waits");
    sleep(1000 * SECOND);
    console.log("not reached");
  }
}
