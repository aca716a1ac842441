// Top-level code may use devices, block and start threads; the job starts when it is done.
import { clock_monotonic } from "mirage-wasm/abi";
import { Console } from "mirage-wasm/console";
import { StandardConsole } from "mirage-wasm/drivers/console";
import { MILLISECOND, sleep, spawn, Task } from "mirage-wasm/thread";

class Aside extends Task {
  run(): void {
    early.log("a thread of the top level");
  }
}

const early = new StandardConsole();
const before = clock_monotonic();
const aside = spawn(new Aside());
early.log("top level sleeps");
sleep(100 * MILLISECOND);
early.log("top level read: " + early.readLine()!);
aside.join();
const took = clock_monotonic() - before;

export class Early<C extends Console> {
  start(console: C): void {
    console.log(took >= 100 * MILLISECOND ? "the job starts after that" : "THE JOB STARTS TOO EARLY");
    console.log("job read: " + console.readLine()!);
  }
}
