// A line of more than 65,536 bytes comes in parts of that size; one of exactly that many is whole.
import { Console } from "mirage-wasm/console";

export class Lines<C extends Console> {
  start(console: C): void {
    let line = console.readLine();
    while (line !== null) {
      const text = line.length.toString() + " units";
      console.log(line.length > 0 ? text + ", " + line.charAt(0) + " to " + line.charAt(line.length - 1) : text);
      line = console.readLine();
    }
  }
}
