// The image's exit code is what `start` returns, its lowest eight bits.
import { args } from "mirage-wasm/args";
import { Console } from "mirage-wasm/console";

export class End<C extends Console> {
  start(console: C): i32 {
    const code = I32.parseInt(args()[1]);
    console.log("ends with " + code.toString());
    return code;
  }
}
