// While one thread waits for a line, a timer ticks in another: each line comes when ten more ticks have been counted.
import { Console } from "mirage-wasm/console";
import { MILLISECOND, sleep, spawn, Task } from "mirage-wasm/thread";

class Ticker extends Task {
  ticks: i32 = 0;
  stopped: bool = false;

  run(): void {
    while (!this.stopped) {
      sleep(10 * MILLISECOND);
      this.ticks++;
    }
  }
}

export class Echo<C extends Console> {
  start(console: C): void {
    const ticker = new Ticker();
    const thread = spawn(ticker, "ticker");
    console.log("ready");
    let before = ticker.ticks;
    let line = console.readLine();
    while (line !== null) {
      const enough = ticker.ticks - before >= 10;
      console.log(line + (enough ? ", ticks beside it" : ", TOO FEW TICKS: " + (ticker.ticks - before).toString()));
      before = ticker.ticks;
      line = console.readLine();
    }
    ticker.stopped = true;
    thread.join();
    console.log("end of input");
  }
}
