import { Console } from "mirage-wasm/console";
import { Random } from "mirage-wasm/random";
import { MILLISECOND, pick, SECOND, sleep, spawn, task } from "mirage-wasm/thread";

function wait(duration: i64): void {
  sleep(duration);
}

export class Race<C extends Console, R extends Random> {
  start(console: C, random: R): void {
    const toss = spawn(task<i64>(wait, random.below(3000) * MILLISECOND));
    const clock = spawn(task<i64>(wait, 2 * SECOND));
    console.log(pick([toss, clock]) == 0 ? `Returned "Heads"` : "Cancelled");
  }
}
