import { Console } from "mirage-wasm/console";
import { Level, Reporter } from "mirage-wasm/reporter";

/** Counts messages, and prints errors only. */
export class Short<C extends Console> implements Reporter {
  private count: i32 = 0;

  constructor(
    private console: C,
    private prefix: string,
  ) {}

  report(level: Level, source: string, message: string): void {
    this.count++;
    if (level == Level.ERROR) this.console.log(`${this.prefix}message ${this.count}: ${source}: ${message}`);
  }
}
