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

/* io.c: pollables. */
enum pollable { POLLABLE_FREE, POLLABLE_TIME, POLLABLE_INPUT, POLLABLE_OUTPUT };
u32 pollable_new(enum pollable kind, u64 when);

#endif
