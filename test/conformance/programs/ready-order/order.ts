// A host says what is ready in any order, and at any time: who waits for nothing of it must not be woken.
import { Console } from "mirage-wasm/console";
import { Result } from "mirage-wasm/result";
import { Address, Flow, NEVER, Stack } from "mirage-wasm/stack";
import { MILLISECOND, SECOND, sleep, spawn, Task, Thread } from "mirage-wasm/thread";

const ROUNDS: i32 = 3_000;

class Reader extends Task {
  heard: i32 = 0;

  constructor(private readonly flow: Flow) {
    super();
  }

  run(): void {
    const bytes = new Uint8Array(1);
    while (this.flow.read(bytes) == 1) this.heard++;
  }
}

/** The last that waits for the host. Then what it has had is the first that the host gives again, and it sleeps. */
class Sleeper extends Task {
  isCancelled: bool = false;

  constructor(private readonly flow: Flow) {
    super();
  }

  run(): void {
    this.flow.read(new Uint8Array(1));
    this.flow.close();
    this.isCancelled = sleep(1000 * SECOND) == Result.CANCELLED;
  }
}

export class Order<S extends Stack, C extends Console> {
  start(stack: S, console: C): void {
    const listener = stack.listen(0).value;
    const ends: Flow[] = [];
    const others: Flow[] = [];
    for (let i = 0; i < 2; i++) {
      ends.push(stack.connect(Address.parse("127.0.0.1")!, listener.port()).value);
      others.push(listener.accept(NEVER).value);
    }
    const reader = new Reader(ends[1]);
    const reading = spawn(reader, "reader");
    sleep(20 * MILLISECOND);
    const sleeper = new Sleeper(ends[0]);
    const sleeping = spawn(sleeper, "sleeper");
    sleep(20 * MILLISECOND);
    const bytes = new Uint8Array(1);
    others[0].write(bytes, 1);
    sleep(20 * MILLISECOND);
    for (let round = 1; round <= ROUNDS; round++) {
      others[1].write(bytes, 1);
      while (reader.heard < round) Thread.yield();
    }
    sleeping.cancel();
    sleeping.join();
    console.log(sleeper.isCancelled ? "left alone" : "WOKEN");
    others[1].close();
    reading.join();
  }
}
