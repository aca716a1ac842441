import { Result } from "./result";

/** Letting time pass, as a device, so that a test can be given one that does not. */
export interface Sleep {
  /** Blocks the thread for `duration` nanoseconds; others run. `CANCELLED` when it was cancelled before they were over. */
  sleep(duration: i64): Result;
}
