/*
 * The PV console (io/console.h): a ring each way, and an event channel. Its reader is xenconsoled, which shows the bytes
 * on a terminal in raw mode: lines go out with CR LF, and a CR or CR LF that comes in is a line's end, unless the domain's
 * configuration says mirage.console=raw. Ctrl-D ends the input.
 */

#include "shim.h"

static struct xencons_interface *ring;
static u32 port;
/* Input that was read up to Ctrl-D. */
static bool ended;
/* The last byte that was read: the LF of a CR LF is none of its own. */
static char last;

static bool raw;
/* The domain ends: a reader who takes nothing for this long is gone. */
static bool hurried, gone;
#define PATIENCE 1000000000ul

#define END_OF_INPUT 4

void console_set_raw(void) {
    raw = true;
}

void console_init(void) {
    port = (u32)hypervisor_param(HVM_PARAM_CONSOLE_EVTCHN);
    events_listen(port);
    ring = (void *)(hypervisor_param(HVM_PARAM_CONSOLE_PFN) * PAGE_SIZE);
}

void console_give_up(void) {
    hurried = true;
}

/* The other end may write what it likes into its index: a nonsense value is a full ring, */
static bool has_room(void) {
    return ring->out_prod - READ_ONCE(ring->out_cons) < sizeof ring->out;
}

static bool is_empty(void) {
    return READ_ONCE(ring->out_cons) == ring->out_prod;
}

/* and nothing to read. */
static u32 available(void) {
    u32 count = READ_ONCE(ring->in_prod) - ring->in_cons;
    return count > sizeof ring->in ? 0 : count;
}

/* Waits for the reader until `done`; false when it is gone. */
static bool await(bool (*done)(void)) {
    u64 limit = hurried ? time_now() + PATIENCE : NEVER;
    for (;;) {
        events_clear();
        shutdown_look();
        if (done()) return true;
        if (time_now() >= limit) gone = true;
        if (gone) return false;
        events_wait(limit);
    }
}

static void put(char byte) {
    if (!has_room()) {
        events_notify(port);
        if (!await(has_room)) return;
    }
    barrier();
    ring->out[ring->out_prod % sizeof ring->out] = byte;
    barrier();
    ring->out_prod++;
}

void console_write(const char *bytes, size_t count) {
    if (!ring) return;
    for (; count; count--, bytes++) {
        if (*bytes == '\n' && !raw) put('\r');
        put(*bytes);
    }
    events_notify(port);
}

void console_drain(void) {
    if (ring) await(is_empty);
}

bool console_readable(void) {
    return ended || available();
}

long console_read(char *bytes, size_t space) {
    size_t count = 0;
    u32 left = available();
    barrier();
    while (!ended && left-- && count < space) {
        char byte = ring->in[ring->in_cons++ % sizeof ring->in];
        bool second = byte == '\n' && last == '\r' && !raw;
        last = byte;
        if (byte == END_OF_INPUT) ended = true;
        else if (!second) bytes[count++] = byte == '\r' && !raw ? '\n' : byte;
    }
    barrier();
    events_notify(port);
    return ended && !count ? -1 : (long)count;
}
