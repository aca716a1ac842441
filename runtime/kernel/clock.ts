import { monotonicNow, wallNow } from "./wasi";

/** Return area: a datetime, seconds (u64) and nanoseconds (u32). */
const result = memory.data(16, 8);

export function clock_monotonic(): i64 {
  return monotonicNow();
}

export function clock_wall(): i64 {
  wallNow(result);
  return load<i64>(result) * 1_000_000_000 + load<u32>(result, 8);
}
