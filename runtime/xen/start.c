/* The order in which everything begins. */

#include "shim.h"

static void log_digest(void) {
    char hex[65] = {0};
    for (unsigned i = 0; i < sizeof image_digest; i++) {
        hex[2 * i] = "0123456789abcdef"[image_digest[i] >> 4];
        hex[2 * i + 1] = "0123456789abcdef"[image_digest[i] & 15];
    }
    log_line("sha256 %s", hex);
}

static void run_image(void *unused) {
    (void)unused;
    u32 result = image_run();
    log_line("end, %u ticks after entry", time_ticks() - entry_ticks);
    shutdown_in_order("returned", result);
}

NORETURN void start(const struct hvm_start_info *info) {
    hypervisor_init();
    console_init();
    events_init();
    traps_init();
    pages_init(info);
    if (info->cmdline_paddr) arguments_init((char *)info->cmdline_paddr);
    log_line("mirage-wasm %s on Xen: %s", image_version, image_name);
    log_digest();
    log_line("memory %u kB, of which %u kB are free", pages_ram() >> 10, pages_left() * (PAGE_SIZE >> 10));
    log_line("time from Xen's clock, %u s since 1970", time_wall() / 1000000000);
    xenstore_init();
    shutdown_init();
    log_line("start, %u ticks after entry", time_ticks() - entry_ticks);
    call_on_stack(run_image, 0, (char *)STACK_TOP);
    __builtin_unreachable();
}
