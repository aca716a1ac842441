import { Console } from "mirage-wasm/console";

/** UTF-8 out: all lengths, lone surrogates as U+FFFD, a line longer than the buffer. */
export class Job<C extends Console> {
  start(console: C): void {
    console.log("\u00e4\u20ac\u{1f600}");
    console.log("a\ud800b\udc00c");
    console.log("\ud800");
    console.log("\udc00\ud800");
    console.log("");
    console.log("\u20ac".repeat(5000));
  }
}
