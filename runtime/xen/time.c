/* Time, from the page that Xen shares (xen.h, vcpu_time_info): a TSC reading, scaled, on top of the host's uptime. */

#include "shim.h"

static const struct shared_info *shared;
/* Until it is there, a tick is a nanosecond: waits for the console's reader have an end at any time. */
static const struct vcpu_time_info ticks_alone = {.tsc_to_system_mul = 1u << 31, .tsc_shift = 1};
static const struct vcpu_time_info *clock = &ticks_alone;
/* The host's uptime when the domain started. */
static u64 start;

u64 time_ticks(void) {
    u32 low, high;
    __asm__ volatile("lfence; rdtsc" : "=a"(low), "=d"(high));
    return (u64)high << 32 | low;
}

static u64 host_now(void) {
    u32 version;
    u64 now;
    /* An odd version, or another one afterwards: Xen is writing. */
    do {
        version = READ_ONCE(clock->version);
        barrier();
        u64 ticks = time_ticks() - clock->tsc_timestamp;
        ticks = clock->tsc_shift < 0 ? ticks >> -clock->tsc_shift : ticks << clock->tsc_shift;
        now = clock->system_time + (u64)((unsigned __int128)ticks * clock->tsc_to_system_mul >> 32);
        barrier();
    } while (version & 1 || version != READ_ONCE(clock->version));
    return now;
}

void time_init(const struct shared_info *info) {
    shared = info;
    clock = &info->vcpu_info[0].time;
    start = host_now();
}

u64 time_now(void) {
    /* Xen's own rate may be corrected downwards between two readings. */
    static u64 latest;
    u64 now = host_now() - start;
    if (now > latest) latest = now;
    return latest;
}

u64 time_of_host(u64 time) {
    return time + start < time ? NEVER : time + start;
}

u64 time_wall(void) {
    u32 version;
    u64 base;
    do {
        version = READ_ONCE(shared->wc_version);
        barrier();
        base = ((u64)shared->wc_sec_hi << 32 | shared->wc_sec) * 1000000000 + shared->wc_nsec;
        barrier();
    } while (version & 1 || version != READ_ONCE(shared->wc_version));
    return base + host_now();
}
