/*
 * The PV console (io/console.h): a ring each way, and an event channel. Its reader is xenconsoled, which shows the bytes
 * on a terminal in raw mode: lines go out with CR LF, and a CR that comes in is a line's end, unless the domain's
 * configuration says mirage.console=raw. Ctrl-D ends the input.
 */

#include "shim.h"

static struct xencons_interface *ring;
u32 console_port;
/* Input that was read up to Ctrl-D. */
static bool ended;

static bool raw;

#define END_OF_INPUT 4

void console_set_raw(void) {
    raw = true;
}

void console_init(void) {
    ring = (void *)(hypervisor_param(HVM_PARAM_CONSOLE_PFN) * PAGE_SIZE);
    console_port = (u32)hypervisor_param(HVM_PARAM_CONSOLE_EVTCHN);
}

/* The other end may write what it likes into its index: a nonsense value is a full ring. */
static u32 room(void) {
    u32 used = ring->out_prod - READ_ONCE(ring->out_cons);
    return used > sizeof ring->out ? 0 : sizeof ring->out - used;
}

static void put(char byte) {
    while (!room()) {
        events_notify(console_port);
        events_take(console_port);
        if (!room()) events_wait(&console_port, 1, NEVER);
    }
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
    events_notify(console_port);
}

bool console_readable(void) {
    return ended || READ_ONCE(ring->in_prod) != ring->in_cons;
}

long console_read(char *bytes, size_t space) {
    u32 available = READ_ONCE(ring->in_prod) - ring->in_cons;
    size_t count = 0;
    if (available > sizeof ring->in) available = 0;
    barrier();
    while (!ended && available-- && count < space) {
        char byte = ring->in[ring->in_cons++ % sizeof ring->in];
        if (byte == END_OF_INPUT) ended = true;
        else bytes[count++] = byte == '\r' && !raw ? '\n' : byte;
    }
    barrier();
    events_notify(console_port);
    return ended && !count ? -1 : (long)count;
}

void console_drain(void) {
    if (!ring) return;
    u64 limit = time_now() + 1000000000;
    while (READ_ONCE(ring->out_cons) != ring->out_prod && time_now() < limit) {
        events_take(console_port);
        if (READ_ONCE(ring->out_cons) != ring->out_prod) events_wait(&console_port, 1, limit);
    }
}
