// Lengths of time in nanoseconds.

export const MICROSECOND: i64 = 1_000;
export const MILLISECOND: i64 = 1_000_000;
export const SECOND: i64 = 1_000_000_000;
