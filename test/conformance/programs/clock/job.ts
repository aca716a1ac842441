import { Clock } from "mirage-wasm/clock";
import { Console } from "mirage-wasm/console";
import { Sleep } from "mirage-wasm/sleep";

/** The monotonic clock goes on while a thread sleeps; the wall clock knows the year. */
export class Job<C extends Console, K extends Clock, S extends Sleep> {
  start(console: C, clock: K, time: S): void {
    const start = clock.now();
    time.sleep(20_000_000);
    const passed = clock.now() - start;
    console.log(passed >= 20_000_000 && passed < 10_000_000_000 ? "slept" : "wrong");
    console.log(clock.wall() > 1_700_000_000_000_000_000 ? "today" : "long ago");
  }
}
