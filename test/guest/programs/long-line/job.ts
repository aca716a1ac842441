import { Console } from "mirage-wasm/console";

/** A line longer than 64 KiB comes in parts. */
export class Job<C extends Console> {
  start(console: C): void {
    let line = console.readLine();
    while (line !== null) {
      console.log(line.length.toString());
      line = console.readLine();
    }
  }
}
