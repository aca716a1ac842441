/* wasi:io/poll: what can be waited for, and the one place where the image waits. */

#include "wasi.h"

#define POLLABLES (1u << AT_TIME | 1u << WHEN_READY)

/* Lowers *deadline to the time at which it will be ready. Whenever code of the image may have run, handles are new ones. */
static bool is_ready(u32 handle, u64 *deadline) {
    const struct handle *pollable = handle_find(handle, POLLABLES);
    if (!pollable) wasm_trap("unknown handle of a pollable");
    if (pollable->kind == WHEN_READY) return pollable->ready((u32)pollable->value);
    if (time_now() >= pollable->value) return true;
    if (pollable->value < *deadline) *deadline = pollable->value;
    return false;
}

static u64 (*serve)(void);

void poll_serve(u64 (*step)(void)) {
    serve = step;
}

/* Before it is looked whether something is ready: events that come later end the wait, and so does *deadline. An image that has
 * just been told of its end must look at that first: nothing need be ready. */
static bool look(u64 *deadline) {
    events_clear();
    *deadline = serve ? serve() : NEVER;
    return shutdown_tell();
}

WASI(u32, io_poll_pollable_ready, u32 handle) {
    u64 deadline;
    look(&deadline);
    return is_ready(handle, &deadline);
}

void pollable_block(u32 handle) {
    for (;;) {
        u64 deadline;
        bool told = look(&deadline);
        if (is_ready(handle, &deadline) || told) return;
        events_wait(deadline);
    }
}

WASI(void, io_poll_pollable_block, u32 handle) {
    pollable_block(handle);
}

/* list<borrow<pollable>> to list<u32>, the indices of those that are ready. */
WASI(void, io_poll_poll, u32 list, u32 count, u32 result) {
    const u32 *handles = image_bytes(list, 4ul * count);
    if (!count) wasm_trap("poll of nothing");
    u32 room = 0;
    for (;;) {
        u64 deadline;
        bool told = look(&deadline);
        for (u32 i = 0; i < count; i++) room += is_ready(handles[i], &deadline);
        if (room || told) break;
        events_wait(deadline);
    }
    /* The answer has at least one: the first, when the image was told. */
    if (!room) room = 1;
    u32 indices = image_realloc(4, 4 * room), ready = 0;
    u64 deadline = NEVER;
    /* A timer may have become due since, and the image's own code has run. */
    for (u32 i = 0; i < count && ready < room; i++) {
        if (is_ready(handles[i], &deadline)) put_u32(indices + 4 * ready++, i);
    }
    if (!ready) put_u32(indices + 4 * ready++, 0);
    put_u32(result, indices);
    put_u32(result + 4, ready);
}

WASI(void, io_poll_drop_pollable, u32 handle) {
    if (!handle_find(handle, POLLABLES)) wasm_trap("unknown handle of a pollable");
    handle_drop(handle);
}
