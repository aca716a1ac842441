import { Console } from "mirage-wasm/console";
import { HostClock } from "mirage-wasm/drivers/clock";
import { crc32 } from "./crc32";
import { nbody } from "./nbody";
import { sha256 } from "./sha256";

const ROUNDS = 5;

/** Of each kernel: its name, its result and the nanoseconds of its fastest round. kernels.c is the same in C. */
export class Job<C extends Console> {
  start(console: C): void {
    this.measure(console, "sha256", sha256);
    this.measure(console, "crc32", crc32);
    this.measure(console, "nbody", nbody);
  }

  private measure(console: C, name: string, kernel: () => u64): void {
    const clock = new HostClock();
    let best = u64.MAX_VALUE;
    let result: u64 = 0;
    for (let i = 0; i < ROUNDS; i++) {
      const start = clock.now();
      result = kernel();
      best = min(best, <u64>(clock.now() - start));
    }
    console.log(name + " " + result.toString() + " " + best.toString());
  }
}
