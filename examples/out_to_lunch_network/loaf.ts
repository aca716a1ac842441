import { Console } from "mirage-wasm/console";
import { Network } from "mirage-wasm/network";

export class Relax<A extends Network, B extends Network, C extends Console> {
  start(first: A, second: B, console: C): void {
    console.log("Out to lunch, with two networks.");
  }
}
