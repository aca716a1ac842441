// Top-level code that aborts does so properly: its output is there, and the message names its place.
import { Console } from "mirage-wasm/console";
import { StandardConsole } from "mirage-wasm/drivers/console";

const early = new StandardConsole();
early.log("top level");
const seven = parse("seven");

function parse(text: string): i32 {
  const value = I32.parseInt(text);
  if (!value) throw new Error("not a number: " + text);
  return value;
}

export class Fail<C extends Console> {
  start(console: C): void {
    console.log("start " + seven.toString());
  }
}
