import { Pair } from "./bed";
import { transfer } from "./flow";

/** Bytes that arrive as they were sent, whatever the way does to the packets: shares of 10,000. */
export function bulk(seed: u64, total: u64, lost: u32, doubled: u32, late: u32, corrupted: u32): void {
  const pair = new Pair(seed);
  const faults = pair.way.faults;
  faults.lost = lost;
  faults.doubled = doubled;
  faults.late = late;
  faults.lateBy = 3_000_000;
  faults.corrupted = corrupted;
  transfer(pair, pair.a, pair.b, total);
}
