import { clock_monotonic, clock_wall } from "mirage-wasm/abi";
import { Clock } from "mirage-wasm/clock";

/** The host's clocks. */
export class HostClock implements Clock {
  now(): i64 {
    return clock_monotonic();
  }

  wall(): i64 {
    return clock_wall();
  }
}
