import { clock_wall } from "mirage-wasm/abi";
import { SECOND } from "mirage-wasm/duration";
import { dateText } from "mirage-wasm/http-date";

let known: string = "";
let until: i64 = 0;

/** The date of now, which is `now` by the monotonic clock: it is made once a second. */
export function dateAt(now: i64): string {
  if (now < until) return known;
  const wall = clock_wall();
  known = dateText(wall / SECOND);
  until = now + SECOND - (wall % SECOND);
  return known;
}
