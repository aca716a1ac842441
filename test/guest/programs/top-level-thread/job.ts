import { Console } from "mirage-wasm/console";
import { StandardConsole } from "mirage-wasm/drivers/console";
import { MILLISECOND, sleep, spawn, Task } from "mirage-wasm/thread";

class Worker extends Task {
  run(): void {
    sleep(10 * MILLISECOND);
    new StandardConsole().log("worker");
  }
}
const worker = spawn(new Worker());
sleep(50 * MILLISECOND);
new StandardConsole().log("top level");

/** Code outside functions runs in the first thread. */
export class Job<C extends Console> {
  start(console: C): void {
    worker.join();
    console.log("job");
  }
}
