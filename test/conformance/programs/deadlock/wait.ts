// When every thread waits for another one, the image says so and aborts: here one joins itself, and the job joins it.
import { Console } from "mirage-wasm/console";
import { spawn, Task, Thread } from "mirage-wasm/thread";

class Selfish extends Task {
  self: Thread | null = null;

  run(): void {
    this.self!.join();
  }
}

export class Wait<C extends Console> {
  start(console: C): void {
    const task = new Selfish();
    const thread = spawn(task, "selfish");
    task.self = thread;
    console.log("joins");
    thread.join();
    console.log("JOINED");
  }
}
