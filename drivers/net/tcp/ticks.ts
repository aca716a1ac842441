/** The clock of timestamps: a tick has 2^20 ns, which is within the bounds of RFC 7323 section 5.4. */
export const TICK_SHIFT: i64 = 20;
