/*
 * wasi:sockets/udp. A frame of vif N is a datagram between a port of the image's and 127.0.0.1, port 43000 + N (wasi/tunnel.c).
 * All else is of our own stack, where the packager has added it; without it a destination that is no vif cannot be reached. A
 * socket's handle has a phase, the stack's number of it, and how many of its streams are left.
 */

#include "sockets.h"
#include "tunnel.h"

enum { UNBOUND, BINDING, BOUND };
/* Of a socket's value: the phase, the number, and one stream. */
#define PHASE 0xfu
#define NUMBER(value) ((u32)((value) >> 4) & 0xffffff)
#define STREAM (1ul << 32)
/* A stream of the stack's has the handle of its socket, and this. */
#define OF_STACK (1ul << 32)
/* Records in memory: a datagram's address and size, and who has sent it; or whether it is said to whom it goes, and to whom. */
enum { INCOMING_SIZE = 8 + ADDRESS_SIZE, OUTGOING_SIZE = 12 + ADDRESS_SIZE, REMOTE_AT = 8, TO_AT = 12 };
/* Datagrams of one call. */
enum { MOST_AT_ONCE = 64 };

static bool has_stack(void) {
    return sockets_begin != 0;
}

/* Of a socket that may be gone, which a pollable may outlive. */
static bool is_readable(u32 socket) {
    const struct handle *found = handle_find(socket, 1u << UDP_SOCKET);
    return !found || sockets_udp_readable(NUMBER(found->value));
}

static bool is_writable(u32 unused) {
    (void)unused;
    return net_writable(sockets_vif());
}

static u32 number_of(u64 stream) {
    return NUMBER(check_socket((u32)stream, UDP_SOCKET)->value);
}

WASI(void, sockets_udp_create_socket_create_udp_socket, u32 family, u32 result) {
    i32 answer = family == IPV4 ? 0 : -1 - NOT_SUPPORTED;
    if (has_stack()) {
        sockets_begin();
        answer = sockets_udp_create(family == IPV6);
    }
    if (put_answer(result, 4, answer)) put_u32(result + 4, handle_new(UDP_SOCKET, (u64)answer << 4 | UNBOUND));
}

WASI(void, sockets_udp_drop_udp_socket, u32 socket) {
    u64 value = check_socket(socket, UDP_SOCKET)->value;
    if (value >= STREAM) wasm_trap("a socket was dropped before its streams");
    if (has_stack()) sockets_udp_drop(NUMBER(value));
    handle_drop(socket);
}

WASI(void, sockets_udp_udp_socket_start_bind, u32 socket, u32 network, ADDRESS, u32 result) {
    struct handle *bound = check_socket(socket, UDP_SOCKET);
    check_network(network);
    i32 answer = -1 - INVALID_STATE;
    if ((bound->value & PHASE) == UNBOUND) {
        if (has_stack()) {
            give_address(ADDRESS_VALUES);
            answer = sockets_udp_bind(NUMBER(bound->value));
        } else answer = tunnel_bind(ADDRESS_VALUES);
    }
    if (put_answer(result, 1, answer)) bound->value |= BINDING;
}

WASI(void, sockets_udp_udp_socket_finish_bind, u32 socket, u32 result) {
    struct handle *bound = check_socket(socket, UDP_SOCKET);
    bool failed = (bound->value & PHASE) != BINDING;
    put_result(result, 1, failed, NOT_IN_PROGRESS);
    if (!failed) bound->value += BOUND - BINDING;
}

/* Frames wait in the vif's ring, and datagrams in the stack's memory, whatever is asked for. */
WASI(void, sockets_udp_udp_socket_set_receive_buffer_size, u32 socket, u64 size, u32 result) {
    check_socket(socket, UDP_SOCKET);
    put_result(result, 1, size == 0, INVALID_ARGUMENT);
}

/* option<ip-socket-address> to result<tuple<incoming-datagram-stream, outgoing-datagram-stream>, error-code> */
WASI(void, sockets_udp_udp_socket_stream, u32 socket, u32 some, ADDRESS, u32 result) {
    struct handle *bound = check_socket(socket, UDP_SOCKET);
    i32 answer = -1 - INVALID_STATE;
    bool is_tunnel = some && tunnel_is(ADDRESS_VALUES);
    if ((bound->value & PHASE) != BOUND) is_tunnel = false;
    else if (is_tunnel) answer = tunnel_open(port);
    else if (has_stack()) {
        if (some) give_address(ADDRESS_VALUES);
        answer = sockets_udp_connect(NUMBER(bound->value), some);
    } else answer = -1 - (!some ? NOT_SUPPORTED : family != IPV4 ? INVALID_ARGUMENT : REMOTE_UNREACHABLE);
    if (!put_answer(result, 4, answer)) return;
    u64 value = is_tunnel ? (u64)answer : OF_STACK | socket;
    if (!is_tunnel) bound->value += 2 * STREAM;
    put_u32(result + 4, handle_new(UDP_INCOMING, value));
    put_u32(result + 8, handle_new(UDP_OUTGOING, value));
}

/* The next datagram: its size, or -1; where it is, and who has sent it. */
static i32 next(u64 stream, const u8 **data, const u8 **from) {
    if (!(stream & OF_STACK)) return tunnel_receive((u32)stream, data, from);
    struct sockets_buffer *buffer = sockets_buffer();
    i32 size = sockets_udp_receive(number_of(stream));
    *data = buffer->data;
    *from = buffer->address;
    if (size > (i32)SOCKETS_MOST) wasm_trap("the sockets are damaged");
    return size;
}

static u32 available(u64 stream) {
    if (!(stream & OF_STACK)) return tunnel_available((u32)stream);
    return is_readable((u32)stream) ? MOST_AT_ONCE : 0;
}

/* The memory of the list is there before it is known how many of what has arrived are for it: it may be longer. */
WASI(void, sockets_udp_incoming_datagram_stream_receive, u32 stream, u64 most, u32 result) {
    u64 value = check_socket(stream, UDP_INCOMING)->value;
    u32 there = available(value), room = there < most ? there : (u32)most, count = 0;
    u32 list = room ? image_realloc(4, INCOMING_SIZE * room) : 4;
    const u8 *bytes, *from;
    for (i32 size; count < room && (size = next(value, &bytes, &from)) >= 0; count++) {
        u32 datagram = list + INCOMING_SIZE * count, data = image_realloc(1, (u32)size);
        memcpy(image_bytes(data, (u32)size), bytes, (u32)size);
        put_u32(datagram, data);
        put_u32(datagram + 4, (u32)size);
        memcpy(image_bytes(datagram + REMOTE_AT, ADDRESS_SIZE), from, ADDRESS_SIZE);
    }
    put_u8(result, 0);
    put_u32(result + 4, list);
    put_u32(result + 8, count);
}

WASI(u32, sockets_udp_incoming_datagram_stream_subscribe, u32 stream) {
    u64 value = check_socket(stream, UDP_INCOMING)->value;
    return handle_when(value & OF_STACK ? is_readable : net_readable, (u32)value);
}

static void drop(u32 stream, enum handle_kind kind) {
    u64 value = check_socket(stream, kind)->value;
    if (value & OF_STACK) check_socket((u32)value, UDP_SOCKET)->value -= STREAM;
    else tunnel_close((u32)value);
    handle_drop(stream);
}

WASI(void, sockets_udp_drop_incoming_datagram_stream, u32 stream) {
    drop(stream, UDP_INCOMING);
}

WASI(void, sockets_udp_outgoing_datagram_stream_check_send, u32 stream, u32 result) {
    u64 value = check_socket(stream, UDP_OUTGOING)->value;
    put_u8(result, 0);
    put_u64(result + 8, net_room(value & OF_STACK ? sockets_vif() : (u32)value));
}

/* Sends one of a list: 0; 1, there is no room; or a failure. */
static i32 send(u64 stream, u32 datagram) {
    u32 data[2];
    memcpy(data, image_bytes(datagram, sizeof data), sizeof data);
    const u8 *to = image_bytes(datagram + TO_AT, ADDRESS_SIZE), *bytes = image_bytes(data[0], data[1]);
    bool is_to = *(const u8 *)image_bytes(datagram + REMOTE_AT, 1);
    if (!(stream & OF_STACK)) return tunnel_send((u32)stream, is_to ? to : 0, bytes, data[1]);
    struct sockets_buffer *buffer = sockets_buffer();
    memcpy(buffer->address, to, ADDRESS_SIZE);
    memcpy(buffer->data, bytes, data[1] < SOCKETS_MOST ? data[1] : SOCKETS_MOST);
    return sockets_udp_send(number_of(stream), data[1] < SOCKETS_MOST ? data[1] : SOCKETS_MOST, is_to);
}

WASI(void, sockets_udp_outgoing_datagram_stream_send, u32 stream, u32 list, u32 count, u32 result) {
    u64 value = check_socket(stream, UDP_OUTGOING)->value;
    u32 sent = 0;
    i32 answer = 0;
    while (sent < count && !(answer = send(value, list + OUTGOING_SIZE * sent))) sent++;
    if (sent) answer = 0;
    if (put_answer(result, 8, answer)) put_u64(result + 8, sent);
}

WASI(u32, sockets_udp_outgoing_datagram_stream_subscribe, u32 stream) {
    u64 value = check_socket(stream, UDP_OUTGOING)->value;
    return handle_when(value & OF_STACK ? is_writable : net_writable, (u32)value);
}

WASI(void, sockets_udp_drop_outgoing_datagram_stream, u32 stream) {
    drop(stream, UDP_OUTGOING);
}
