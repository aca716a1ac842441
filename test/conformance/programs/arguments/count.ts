// The image gets its name and then its arguments as they were typed: few ones are printed, many are summed.
import { args } from "mirage-wasm/args";
import { Console } from "mirage-wasm/console";

/** FNV-1a over the UTF-16 units of all arguments, each ended by a unit that is in none. */
function checksum(list: string[]): u32 {
  let sum: u32 = 0x811c9dc5;
  for (let i = 0; i < list.length; i++) {
    for (let j = 0; j < list[i].length; j++) sum = (sum ^ list[i].charCodeAt(j)) * 0x01000193;
    sum = (sum ^ 0xffff) * 0x01000193;
  }
  return sum;
}

export class Count<C extends Console> {
  start(console: C): void {
    const list = args();
    console.log(list.length.toString() + " arguments, checksum " + checksum(list).toString(16));
    for (let i = 0; i < min(list.length, 8); i++) {
      console.log(i.toString() + ": [" + list[i] + "] " + list[i].length.toString());
    }
    // They are the image's own by now: asking again gives the same.
    if (checksum(args()) != checksum(list)) console.log("a second look differs");
  }
}
