import { Console } from "mirage-wasm/console";
import { both, SECOND, sleep, spawn, task } from "mirage-wasm/thread";

function heads(console: Console): void {
  sleep(SECOND);
  console.log("Heads");
}

function tails(console: Console): void {
  sleep(2 * SECOND);
  console.log("Tails");
}

export class Heads<C extends Console> {
  start(console: C): void {
    both(spawn(task<Console>(heads, console)), spawn(task<Console>(tails, console)));
    console.log("Finished");
  }
}
