/* A guest without an image that sends each frame back to where it came from. */

#include "net.h"

const char image_name[] = "c", image_version[] = "0";
const u8 image_digest[32];
const bool image_takes_shutdown = false;

u32 image_realloc(u32 align, u32 size) {
    (void)align, (void)size;
    panic("no image");
}

void image_shutdown(void) {}

static void reflect(u8 *frame, u32 size) {
    memcpy(frame, frame + 6, 6);
    memcpy(frame + 6, net_mac(0), 6);
    while (!net_send(0, frame, size)) {
        events_clear();
        shutdown_look();
        if (!net_writable(0)) events_wait(NEVER);
    }
}

u32 image_run(void) {
    static u8 frame[PAGE_SIZE];
    net_init();
    for (;;) {
        for (u32 size; (size = net_receive(0, frame, sizeof frame));) reflect(frame, size);
        events_clear();
        shutdown_look();
        if (!net_readable(0)) events_wait(NEVER);
    }
}
