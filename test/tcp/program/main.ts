// Scenarios of two hosts, or of one and a peer whose segments are written by hand: NAME SEED. Prints what is wrong, or "right".
import { args } from "mirage-wasm/args";
import { Console } from "mirage-wasm/console";
import { bulk } from "./bulk";
import { mistakes } from "./check";
import { fuzz } from "./fuzz";
import { scenarios } from "./scenarios";
import { sequences } from "./sequences";

export class Main<C extends Console> {
  start(console: C): void {
    const words = args();
    const seed = U64.parseInt(words[2]);
    if (words[1] == "bulk") bulk(seed, words);
    else if (words[1] == "fuzz") fuzz(seed, I32.parseInt(words[3]));
    else if (words[1] == "sequences") sequences(seed, I32.parseInt(words[3]));
    else if (scenarios.has(words[1])) scenarios.get(words[1])(seed);
    else mistakes.push("there is no " + words[1]);
    console.log(mistakes.length ? mistakes.join("\n") : "right");
  }
}
