import { Channel } from "mirage-wasm/channel";
import { Console } from "mirage-wasm/console";
import { Random } from "mirage-wasm/random";
import { MILLISECOND, sleep, spawn, Task } from "mirage-wasm/thread";

const LINES: i32 = 10;

/** Reads lines from nowhere, at random times: as a client on a slow line would send them. */
class Client<R extends Random> extends Task {
  constructor(
    private random: R,
    private lines: Channel<string>,
  ) {
    super();
  }

  run(): void {
    for (let i = 0; i < LINES; i++) {
      sleep(this.random.below(250) * MILLISECOND);
      this.lines.send("a".repeat(this.random.below(20)));
    }
    this.lines.close();
  }
}

export class Server<C extends Console, R extends Random> {
  start(console: C, random: R): void {
    const lines = new Channel<string>(2);
    spawn(new Client<R>(random, lines), "client");
    let line = lines.receive();
    while (line.isOK) {
      console.log(line.value);
      line = lines.receive();
    }
  }
}
