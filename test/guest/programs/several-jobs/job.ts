import { Console } from "mirage-wasm/console";
import { MILLISECOND, sleep } from "mirage-wasm/thread";

function say<C extends Console>(console: C, name: string, first: i64): void {
  sleep(first * MILLISECOND);
  for (let i = 0; i < 3; i++) {
    console.log(name);
    sleep(150 * MILLISECOND);
  }
}

/** Three jobs side by side: they take turns by their sleeps. */
export class One<C extends Console> {
  start(console: C): void {
    say<C>(console, "one", 0);
  }
}
export class Two<C extends Console> {
  start(console: C): void {
    say<C>(console, "two", 50);
  }
}
export class Three<C extends Console> {
  start(console: C): void {
    say<C>(console, "three", 100);
  }
}
