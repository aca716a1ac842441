/*
 * The WASI 0.2 calls as the canonical ABI lowers them. A call's name is its interface's, without `wasi:` and version,
 * and its own: `wasi:io/poll@0.2.0#[resource-drop]pollable` is io_poll_drop_pollable. Handles are checked: one that is
 * not the image's is a trap. Return areas come last.
 */
#ifndef WASI_H
#define WASI_H

#include "../shim.h"

/* What wasm2c hands to every import; there is one host. */
struct w2c_wasi;
#define WASI(type, name, ...) type w2c_wasi_##name(struct w2c_wasi *host __attribute__((unused)), ##__VA_ARGS__)

static inline void put_u8(u32 address, u8 value) {
    *(u8 *)image_bytes(address, 1) = value;
}

static inline void put_u32(u32 address, u32 value) {
    memcpy(image_bytes(address, 4), &value, 4);
}

static inline void put_u64(u32 address, u64 value) {
    memcpy(image_bytes(address, 8), &value, 8);
}

/* handles.c: streams of the console, sockets, and pollables, which are ready at a time, or when what they ask says so. */
enum handle_kind { FREE, STDIN, STDOUT, STDERR, AT_TIME, WHEN_READY, NETWORK, UDP_SOCKET, UDP_INCOMING, UDP_OUTGOING };
/* A page holds a whole number of them. */
struct __attribute__((aligned(32))) handle {
    /* Of AT_TIME, when; else what the kind makes of it. */
    u64 value;
    /* Of WHEN_READY: asks for an event when it is not so. */
    bool (*ready)(u32 value);
    enum handle_kind kind;
    /* The next free one, of FREE. */
    u32 next;
};
u32 handle_new(enum handle_kind kind, u64 value);
/* A pollable of WHEN_READY. */
u32 handle_when(bool (*ready)(u32 value), u32 value);
/* 0 when the image has no such handle of one of these kinds (a bit each). */
struct handle *handle_find(u32 handle, u32 kinds);
/* Gives one back that was found. */
void handle_drop(u32 handle);

/* poll.c: waits until a pollable is ready, or the image has been told to end. */
void pollable_block(u32 handle);

#endif
