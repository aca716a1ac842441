// Template literals of several parts, some of them computed, in functions with a collector: what is put in is what comes out.
import { Console } from "mirage-wasm/console";

export class Tell<C extends Console> {
  start(console: C): void {
    const ages = new Map<string, i32>();
    ages.set("ann", 41);
    ages.set("bob", 7);
    const names = ages.keys();
    for (let i = 0; i < names.length; i++) console.log(`${names[i]} ${ages.get(names[i])}`);
    for (let i = 0; i < names.length; i++) console.log(`<${names[i]}> is ${names[i].length} letters, ${ages.get(names[i])} years and "${names[i].toUpperCase()}"`);
  }
}
