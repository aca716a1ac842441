// A division of integers by zero is a trap; one of floating-point numbers is not.
import { args } from "mirage-wasm/args";
import { Console } from "mirage-wasm/console";

export class Divide<C extends Console> {
  start(console: C): void {
    const zero = args().length - 1;
    console.log((1.0 / <f64>zero).toString());
    console.log((1 / zero).toString());
  }
}
