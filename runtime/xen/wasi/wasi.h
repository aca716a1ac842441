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

/* handles.c: streams, sockets, and pollables, which are ready at a time, or when what they ask says so. */
enum handle_kind { FREE, INPUT, OUTPUT, STREAM_ERROR, AT_TIME, WHEN_READY, NETWORK, TCP_SOCKET, UDP_SOCKET, UDP_INCOMING, UDP_OUTGOING, NAMES };
/* A page holds a whole number of them. */
struct __attribute__((aligned(32))) handle {
    /* Of AT_TIME, when; else what the kind makes of it. */
    u64 value;
    union {
        /* Of WHEN_READY: asks for an event when it is not so. */
        bool (*ready)(u32 value);
        /* Of INPUT and OUTPUT. */
        const struct input *input;
        const struct output *output;
    };
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

/* streams.c: what a stream does, by the value of its handle. A count of bytes, or why there are none any more. */
enum { STREAM_CLOSED = -1, STREAM_BROKEN = -2 };
struct input {
    /* Takes up to `most` bytes, and says where they are: 0, none are there yet. */
    long (*read)(u32 value, u64 most, const void **bytes);
    bool (*ready)(u32 value);
    void (*drop)(u32 value);
};
struct output {
    /* How many bytes it takes now. */
    long (*room)(u32 value);
    /* Not more than that. */
    void (*write)(u32 value, const void *bytes, u32 length);
    bool (*ready)(u32 value);
    void (*drop)(u32 value);
};
u32 input_new(const struct input *input, u32 value);
u32 output_new(const struct output *output, u32 value);

/* poll.c: before it is looked whether something is ready, `step` does what is due; it returns when it is to be called again. */
void poll_serve(u64 (*step)(void));
/* Waits until a pollable is ready, or the image has been told to end. */
void pollable_block(u32 handle);

#endif
