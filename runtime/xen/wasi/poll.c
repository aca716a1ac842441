/* wasi:io/poll: what can be waited for, and the one place where the domain waits. */

#include "wasi.h"

static struct {
    enum pollable kind;
    /* The next free one while it is free. */
    u32 next;
    u64 when;
} pollables[1024];
#define COUNT (sizeof pollables / sizeof *pollables)

/* Handles begin at 1. Those in use before, and those that never were. */
static u32 free_list;
static u32 used;

u32 pollable_new(enum pollable kind, u64 when) {
    u32 handle = free_list;
    if (handle) free_list = pollables[handle - 1].next;
    else if (used < COUNT) handle = ++used;
    else panic("more than %u pollables at once", COUNT);
    pollables[handle - 1].kind = kind;
    pollables[handle - 1].when = when;
    return handle;
}

static void check(u32 handle) {
    if (handle - 1 >= COUNT || !pollables[handle - 1].kind) panic("wasm trap: unknown handle of a pollable: %u", (u64)handle);
}

/* Lowers *deadline to the time at which it will be ready. */
static bool is_ready(u32 handle, u64 *deadline) {
    u64 when = pollables[handle - 1].when;
    switch (pollables[handle - 1].kind) {
    case POLLABLE_TIME:
        if (time_now() >= when) return true;
        if (when < *deadline) *deadline = when;
        return false;
    case POLLABLE_INPUT: return console_readable();
    default: return true;
    }
}

static void wait(u64 deadline) {
    u32 ports[] = {console_port, xenstore_port};
    events_wait(ports, 2, deadline);
}

/* Before it is looked whether something is ready: events that come later end the wait. */
static void look(void) {
    events_take(console_port);
    xenstore_poll();
}

WASI(u32, io_poll_pollable_ready, u32 handle) {
    u64 deadline = NEVER;
    check(handle);
    look();
    return is_ready(handle, &deadline);
}

WASI(void, io_poll_pollable_block, u32 handle) {
    check(handle);
    for (;;) {
        u64 deadline = NEVER;
        look();
        if (is_ready(handle, &deadline)) return;
        wait(deadline);
    }
}

/* list<borrow<pollable>> to list<u32>, the indices of those that are ready. */
WASI(void, io_poll_poll, u32 list, u32 count, u32 result) {
    const u32 *handles = image_bytes(list, 4ul * count);
    if (!count) panic("wasm trap: poll of nothing");
    for (u32 i = 0; i < count; i++) check(handles[i]);
    for (;;) {
        u64 deadline = NEVER;
        u32 ready = 0;
        look();
        for (u32 i = 0; i < count; i++) ready += is_ready(handles[i], &deadline);
        if (!ready) {
            wait(deadline);
            continue;
        }
        u32 room = ready, indices = image_realloc(4, 4 * room);
        /* A timer may have become due since. */
        for (u32 i = ready = 0; i < count && ready < room; i++) {
            if (is_ready(handles[i], &deadline)) put_u32(indices + 4 * ready++, i);
        }
        put_u32(result, indices);
        put_u32(result + 4, ready);
        return;
    }
}

WASI(void, io_poll_drop_pollable, u32 handle) {
    check(handle);
    pollables[handle - 1].kind = POLLABLE_FREE;
    pollables[handle - 1].next = free_list;
    free_list = handle;
}
