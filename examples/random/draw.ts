import { Console } from "mirage-wasm/console";
import { Random } from "mirage-wasm/random";

/** Some numbers from a source. */
function draw<C extends Console, R extends Random>(console: C, name: string, source: R): void {
  console.log(name);
  console.log("  32 bits:  " + source.u32().toString());
  console.log("  64 bits:  " + source.u64().toString());
  console.log("  16 bytes: " + source.bytes(16).join(" "));
  let dice = "";
  for (let i = 0; i < 10; i++) dice += " " + (source.below(6) + 1).toString();
  console.log("  10 dice: " + dice);
}

export class Draw<C extends Console, S extends Random, R extends Random> {
  start(console: C, seeded: S, real: R): void {
    draw(console, "seeded", seeded);
    draw(console, "real", real);
  }
}
