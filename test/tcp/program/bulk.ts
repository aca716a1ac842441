import { Pair } from "./bed";
import { transfer } from "./flow";

/** Bytes that arrive as they were sent, whatever the way does to the packets: shares of 10,000. */
export function bulk(seed: u64, words: string[]): void {
  const pair = new Pair(seed);
  const faults = pair.way.faults;
  faults.lost = U32.parseInt(words[4]);
  faults.doubled = U32.parseInt(words[5]);
  faults.late = U32.parseInt(words[6]);
  faults.lateBy = 3_000_000;
  faults.corrupted = U32.parseInt(words[7]);
  transfer(pair, pair.a, pair.b, U64.parseInt(words[3]));
}
