// A job reads what drivers have counted, in the order in which they began to.
import { Console } from "mirage-wasm/console";
import { Counter, metrics } from "mirage-wasm/metrics";
import { receive } from "./driver";

const jobs = new Counter("jobs");

function print<C extends Console>(console: C): void {
  const all = metrics();
  for (let i = 0; i < all.length; i++) console.log(all[i].toString());
}

export class Count<C extends Console> {
  start(console: C): void {
    print(console);
    jobs.add();
    receive(1500);
    receive(0);
    receive(40);
    for (let i = 0; i < 5; i++) receive(i32.MAX_VALUE);
    console.log("after");
    new Counter("late").add(-1);
    print(console);
  }
}
