/** Time, in nanoseconds. */
export interface Clock {
  /** Since some moment before boot. Never goes back. */
  now(): i64;

  /** Since 1970-01-01T00:00Z. May jump when somebody sets the host's clock. */
  wall(): i64;
}
