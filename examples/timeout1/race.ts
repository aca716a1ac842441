import { Console } from "mirage-wasm/console";
import { Random } from "mirage-wasm/random";
import { Result } from "mirage-wasm/result";
import { MILLISECOND, SECOND, sleep, spawn, Task, timeout } from "mirage-wasm/thread";

class Toss extends Task {
  side: string = "";

  constructor(private duration: i64) {
    super();
  }

  run(): void {
    if (sleep(this.duration) == Result.OK) this.side = "Heads";
  }
}

export class Race<C extends Console, R extends Random> {
  start(console: C, random: R): void {
    const toss = new Toss(random.below(3000) * MILLISECOND);
    const result = timeout(2 * SECOND, spawn(toss));
    console.log(result == Result.TIMEOUT ? "Cancelled" : `Returned "${toss.side}"`);
  }
}
