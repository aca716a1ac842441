import { Console } from "mirage-wasm/console";

/** Bytes that are no UTF-8 become U+FFFD, one for each maximal part. */
export class Job<C extends Console> {
  start(console: C): void {
    let line = console.readLine();
    while (line !== null) {
      console.log(line.length.toString() + ":" + line);
      line = console.readLine();
    }
  }
}
