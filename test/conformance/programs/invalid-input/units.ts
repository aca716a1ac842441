// What is no UTF-8 on standard input becomes U+FFFD, one for each maximal part of a sequence (Unicode 15, tables 3-8 to 3-11).
import { Console } from "mirage-wasm/console";

export class Units<C extends Console> {
  start(console: C): void {
    let line = console.readLine();
    while (line !== null) {
      const units: string[] = [];
      for (let i = 0; i < line.length; i++) units.push(line.charCodeAt(i).toString(16));
      console.log(units.length > 0 ? units.join(" ") : "(empty)");
      line = console.readLine();
    }
  }
}
