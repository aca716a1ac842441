/*
 * wasi:sockets by our own stack, which is a module of its own beside the image's (drivers/sockets), on a vif that no network
 * of the image's is. No call but the first blocks; one that fails answers -1 - the number of an error-code. All of it is weak:
 * it is there where the packager has found that the image may call it, and else its names are 0.
 */
#ifndef SOCKETS_H
#define SOCKETS_H

#include "shim.h"

#define OPTIONAL __attribute__((weak))

/* An address, an ip-socket-address as it lies in memory, and what belongs to it. */
#define SOCKETS_ADDRESS 32u
#define SOCKETS_MOST 65536u
struct sockets_buffer {
    u8 address[SOCKETS_ADDRESS], data[SOCKETS_MOST];
};

/* At the first call begins to use the vif, and waits up to 10 s for its address. */
void sockets_begin(void) OPTIONAL;
u32 sockets_vif(void) OPTIONAL;
/* Where calls find what they take, and leave what they answer. */
struct sockets_buffer *sockets_buffer(void) OPTIONAL;

typedef int32_t i32;
i32 sockets_tcp_create(u32 is_v6) OPTIONAL;
i32 sockets_tcp_backlog(u32 socket, u32 size) OPTIONAL;
i32 sockets_tcp_bind(u32 socket) OPTIONAL;
i32 sockets_tcp_bound(u32 socket) OPTIONAL;
i32 sockets_tcp_listen(u32 socket) OPTIONAL;
i32 sockets_tcp_listening(u32 socket) OPTIONAL;
i32 sockets_tcp_accept(u32 socket) OPTIONAL;
i32 sockets_tcp_connect(u32 socket) OPTIONAL;
i32 sockets_tcp_connected(u32 socket) OPTIONAL;
i32 sockets_tcp_ready(u32 socket) OPTIONAL;
i32 sockets_tcp_local(u32 socket) OPTIONAL;
i32 sockets_tcp_remote(u32 socket) OPTIONAL;
i32 sockets_tcp_shutdown(u32 socket, u32 reads, u32 writes) OPTIONAL;
i32 sockets_tcp_drop(u32 socket) OPTIONAL;
/* Bytes: 0 for none now; -1: there will be none; -2: it is broken. */
i32 sockets_tcp_read(u32 socket, u32 size) OPTIONAL;
i32 sockets_tcp_readable(u32 socket) OPTIONAL;
i32 sockets_tcp_room(u32 socket) OPTIONAL;
i32 sockets_tcp_write(u32 socket, u32 size) OPTIONAL;
i32 sockets_tcp_writable(u32 socket) OPTIONAL;
i32 sockets_udp_create(u32 is_v6) OPTIONAL;
i32 sockets_udp_bind(u32 socket) OPTIONAL;
i32 sockets_udp_local(u32 socket) OPTIONAL;
i32 sockets_udp_connect(u32 socket, u32 is_alone) OPTIONAL;
/* -1: nothing has come. */
i32 sockets_udp_receive(u32 socket) OPTIONAL;
i32 sockets_udp_readable(u32 socket) OPTIONAL;
i32 sockets_udp_send(u32 socket, u32 size, u32 is_to) OPTIONAL;
i32 sockets_udp_drop(u32 socket) OPTIONAL;
i32 sockets_names_ask(u32 units) OPTIONAL;
i32 sockets_names_next(u32 names) OPTIONAL;
i32 sockets_names_ready(u32 names) OPTIONAL;
i32 sockets_names_drop(u32 names) OPTIONAL;

/* memory.c: the `length` bytes at `address` of the module's memory; traps when they are not all there. */
void *sockets_bytes(u32 address, u64 length);

#endif
