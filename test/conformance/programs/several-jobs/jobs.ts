// Three jobs run side by side: each writes when its own sleeps are over, and the image ends with the last of them.
import { Console } from "mirage-wasm/console";
import { MILLISECOND, sleep } from "mirage-wasm/thread";

function repeat<C extends Console>(console: C, name: string, first: i64, gap: i64, times: i32): void {
  console.log(name + " starts");
  sleep(first * MILLISECOND);
  for (let i = 1; i <= times; i++) {
    console.log(name + " " + i.toString());
    if (i < times) sleep(gap * MILLISECOND);
  }
  console.log(name + " ends");
}

/** At 300 and 900 ms. */
export class Quick<C extends Console> {
  start(console: C): void {
    repeat(console, "quick", 300, 600, 2);
  }
}

/** At 600, 1500 and 2400 ms. */
export class Steady<C extends Console> {
  start(console: C): void {
    repeat(console, "steady", 600, 900, 3);
  }
}

/** At 1200, 1950 and 2700 ms. */
export class Slow<C extends Console> {
  start(console: C): void {
    repeat(console, "slow", 1200, 750, 3);
  }
}
