// Scenarios of two hosts: NAME SEED. Prints what is wrong, or "right".
import { args } from "mirage-wasm/args";
import { Console } from "mirage-wasm/console";
import { mistakes } from "./check";
import { bulk } from "./bulk";

/** An argument. */
function number(index: i32): u64 {
  return U64.parseInt(args()[index]);
}

function play(name: string, seed: u64): bool {
  if (name == "bulk") bulk(seed, number(3), <u32>number(4), <u32>number(5), <u32>number(6), <u32>number(7));
  else return false;
  return true;
}

export class Main<C extends Console> {
  start(console: C): void {
    const name = args()[1];
    const seed = U64.parseInt(args()[2]);
    if (!play(name, seed)) console.log("there is no " + name);
    else if (mistakes.length) console.log(mistakes.join("\n"));
    else console.log("right");
  }
}
