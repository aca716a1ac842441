// A cancelled thread hears of it in what it blocks in, at once: asleep, at an empty channel, at a mutex.
import { Channel } from "mirage-wasm/channel";
import { Console } from "mirage-wasm/console";
import { Mutex } from "mirage-wasm/mutex";
import { all, MILLISECOND, SECOND, sleep, spawn, Task, Thread } from "mirage-wasm/thread";

const mutex = new Mutex();
const channel = new Channel<i32>(1);

class Waiter<C extends Console> extends Task {
  constructor(
    private console: C,
    private where: i32,
  ) {
    super();
  }

  run(): void {
    this.console.log(`${this.where} waits`);
    if (this.where == 0) this.say(sleep(1000 * SECOND));
    else if (this.where == 1) this.say(channel.receive().result);
    else this.say(mutex.lock());
  }

  private say(result: i32): void {
    this.console.log(`${this.where}: ${result}, and again ${sleep(1000 * SECOND)}`);
  }
}

export class Stop<C extends Console> {
  start(console: C): void {
    mutex.lock();
    const threads: Thread[] = [];
    for (let i = 0; i < 3; i++) threads.push(spawn(new Waiter<C>(console, i)));
    sleep(20 * MILLISECOND);
    for (let i = 0; i < 3; i++) threads[i].cancel();
    const never = spawn(new Waiter<C>(console, 9));
    never.cancel();
    all(threads);
    never.join();
    console.log("all have ended");
  }
}
