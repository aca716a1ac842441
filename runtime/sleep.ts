/** Letting time pass, as a device, so that a test can be given one that does not. */
export interface Sleep {
  /** Blocks the thread for `duration` nanoseconds; others run. */
  sleep(duration: i64): void;
}
