/* wasi:clocks */

#include "wasi.h"

WASI(u64, clocks_monotonic_clock_now) {
    return time_now();
}

WASI(u64, clocks_monotonic_clock_resolution) {
    return 1;
}

WASI(u32, clocks_monotonic_clock_subscribe_instant, u64 when) {
    return handle_new(AT_TIME, when);
}

WASI(u32, clocks_monotonic_clock_subscribe_duration, u64 duration) {
    u64 now = time_now();
    return handle_new(AT_TIME, duration > NEVER - now ? NEVER : now + duration);
}

/* record datetime { seconds: u64, nanoseconds: u32 } */
WASI(void, clocks_wall_clock_now, u32 result) {
    u64 now = time_wall();
    put_u64(result, now / 1000000000);
    put_u32(result + 8, now % 1000000000);
}

WASI(void, clocks_wall_clock_resolution, u32 result) {
    put_u64(result, 0);
    put_u32(result + 8, 1);
}
