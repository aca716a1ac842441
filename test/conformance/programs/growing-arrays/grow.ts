// Arrays that begin as static data grow into the heap, and leave what stands behind them as it is.
import { Console } from "mirage-wasm/console";

const empty: i32[] = [];
const numbers: i32[] = [1, 2, 3];
const names: string[] = ["one", "two"];
const behind: i32[] = [-1, -2, -3];
const sparse: i64[] = [1, 0, 0, 0, 0, 0, 0, 0, 9];

export class Grow<C extends Console> {
  start(console: C): void {
    for (let i = 0; i < 20; i++) {
      empty.push(i);
      numbers.push(i);
      names.push(i.toString());
    }
    console.log(empty.join(" "));
    console.log(numbers.join(" "));
    console.log(names.join(" "));
    console.log(behind.join(" "));
    console.log(sparse.join(" "));
  }
}
