import { Console } from "mirage-wasm/console";
import { args } from "mirage-wasm/args";

/** Arguments arrive as they were given, the name of the image first. */
export class Job<C extends Console> {
  start(console: C): void {
    const list = args();
    for (let i = 0; i < list.length; i++) console.log(list[i]);
  }
}
