// Plays the scripts that standard input holds, one behind another: a line `=== FILE` begins each. Prints a line for each: FILE and
// "right", or FILE:LINE: and what is wrong.
import { Console } from "mirage-wasm/console";
import { Script } from "./script";

export class Main<C extends Console> {
  start(console: C): void {
    let script: Script | null = null;
    while (true) {
      const line = console.readLine();
      const isHead = line ? line.startsWith("=== ") : true;
      if (!isHead) {
        if (script) script.add(line!);
        continue;
      }
      if (script) console.log(script.play());
      if (!line) return;
      script = new Script(line.slice(4));
    }
  }
}
