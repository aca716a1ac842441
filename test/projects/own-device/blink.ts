import { Console } from "mirage-wasm/console";
import { Led } from "./led";

export class Blink<C extends Console, L extends Led> {
  start(console: C, led: L): void {
    led.set(true);
    console.log(led.names().join(", "));
    console.log(led.shortName());
    led.set(false);
  }
}
