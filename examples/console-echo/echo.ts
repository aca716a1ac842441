import { Console } from "mirage-wasm/console";

/** Says every line again, until there are no more. */
export class Echo<C extends Console> {
  start(console: C): void {
    let line = console.readLine();
    while (line !== null) {
      console.log(line);
      line = console.readLine();
    }
  }
}
