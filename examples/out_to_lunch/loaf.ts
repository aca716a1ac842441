import { Console } from "mirage-wasm/console";

export class Relax<C extends Console> {
  start(console: C): void {
    console.log("Out to lunch.");
  }
}
