/*
 * wasi:sockets of UDP over IPv4, for the one thing that it is here: a frame of vif N is a datagram between a port of the
 * image's and 127.0.0.1, port 43000 + N. One socket at a time has a vif. A destination that is no vif cannot be reached.
 */

#include "../net.h"
#include "wasi.h"

/* wasi:sockets/network.error-code */
enum { NOT_SUPPORTED = 2, INVALID_ARGUMENT = 3, NOT_IN_PROGRESS = 7, INVALID_STATE = 9, ADDRESS_NOT_BINDABLE = 11, ADDRESS_IN_USE = 12, REMOTE_UNREACHABLE = 13 };
enum { IPV4 = 0, FIRST_PORT = 43000 };
#define LOOPBACK 0x7f000001u
/* In the image's memory: an ip-socket-address and the records of datagrams, with the offsets of their parts. */
enum { ADDRESS_SIZE = 32, PORT_AT = 4, BYTES_AT = 6, INCOMING_SIZE = 8 + ADDRESS_SIZE, OUTGOING_SIZE = 12 + ADDRESS_SIZE, REMOTE_AT = 8 };

/* The value of a socket's handle. */
enum { UNBOUND, BINDING, BOUND };
/* Streams of each vif, of which there are two. */
static u8 streams[VIFS];

static struct handle *check(u32 handle, enum handle_kind kind) {
    struct handle *found = handle_find(handle, 1u << kind);
    if (!found) wasm_trap("unknown handle of a socket");
    return found;
}

static void put_result(u32 result, u32 payload, bool failed, u8 error) {
    put_u8(result, failed);
    if (failed) put_u8(result + payload, error);
}

static u32 address_of(u32 a, u32 b, u32 c, u32 d) {
    return a << 24 | b << 16 | c << 8 | d;
}

WASI(u32, sockets_instance_network_instance_network) {
    return handle_new(NETWORK, 0);
}

WASI(void, sockets_network_drop_network, u32 network) {
    check(network, NETWORK);
    handle_drop(network);
}

WASI(void, sockets_udp_create_socket_create_udp_socket, u32 family, u32 result) {
    put_result(result, 4, family != IPV4, NOT_SUPPORTED);
    if (family == IPV4) put_u32(result + 4, handle_new(UDP_SOCKET, UNBOUND));
}

WASI(void, sockets_udp_drop_udp_socket, u32 socket) {
    check(socket, UDP_SOCKET);
    handle_drop(socket);
}

/* The port does not matter: whoever has the vif gets its frames. */
WASI(void, sockets_udp_udp_socket_start_bind, u32 socket, u32 network, u32 family, u32 port, u32 a, u32 b, u32 c, u32 d, u32 e, u32 f, u32 g, u32 h, u32 i, u32 j, u32 result) {
    (void)port, (void)e, (void)f, (void)g, (void)h, (void)i, (void)j;
    struct handle *bound = check(socket, UDP_SOCKET);
    check(network, NETWORK);
    u32 address = address_of(a, b, c, d);
    u8 error = family != IPV4 ? INVALID_ARGUMENT : bound->value != UNBOUND ? INVALID_STATE : address && address != LOOPBACK ? ADDRESS_NOT_BINDABLE : 0;
    if (!error) bound->value = BINDING;
    put_result(result, 1, error, error);
}

WASI(void, sockets_udp_udp_socket_finish_bind, u32 socket, u32 result) {
    struct handle *bound = check(socket, UDP_SOCKET);
    put_result(result, 1, bound->value != BINDING, NOT_IN_PROGRESS);
    if (bound->value == BINDING) bound->value = BOUND;
}

/* Frames wait in the vif's ring, whatever is asked for. */
WASI(void, sockets_udp_udp_socket_set_receive_buffer_size, u32 socket, u64 size, u32 result) {
    check(socket, UDP_SOCKET);
    put_result(result, 1, size == 0, INVALID_ARGUMENT);
}

/* option<ip-socket-address> to result<tuple<incoming-datagram-stream, outgoing-datagram-stream>, error-code> */
WASI(void, sockets_udp_udp_socket_stream, u32 socket, u32 some, u32 family, u32 port, u32 a, u32 b, u32 c, u32 d, u32 e, u32 f, u32 g, u32 h, u32 i, u32 j, u32 result) {
    (void)e, (void)f, (void)g, (void)h, (void)i, (void)j;
    const struct handle *bound = check(socket, UDP_SOCKET);
    u32 vif = port - FIRST_PORT;
    u8 error = 0;
    if (bound->value != BOUND) error = INVALID_STATE;
    else if (!some) error = NOT_SUPPORTED;
    else if (family != IPV4) error = INVALID_ARGUMENT;
    else {
        net_init();
        if (address_of(a, b, c, d) != LOOPBACK || !net_has(vif)) error = REMOTE_UNREACHABLE;
        else if (streams[vif]) error = ADDRESS_IN_USE;
    }
    put_result(result, 4, error, error);
    if (error) return;
    streams[vif] = 2;
    put_u32(result + 4, handle_new(UDP_INCOMING, vif));
    put_u32(result + 8, handle_new(UDP_OUTGOING, vif));
}

/* The memory of the list is there before it is known how many of what has arrived are frames: it may be longer. */
WASI(void, sockets_udp_incoming_datagram_stream_receive, u32 stream, u64 most, u32 result) {
    static u8 frame[PAGE_SIZE];
    u32 vif = (u32)check(stream, UDP_INCOMING)->value, there = net_available(vif);
    u32 room = there < most ? there : (u32)most, count = 0;
    u32 list = room ? image_realloc(4, INCOMING_SIZE * room) : 4;
    for (u32 size; count < room && (size = net_receive(vif, frame, sizeof frame)); count++) {
        u32 datagram = list + INCOMING_SIZE * count, data = image_realloc(1, size), address = datagram + REMOTE_AT;
        memcpy(image_bytes(data, size), frame, size);
        put_u32(datagram, data);
        put_u32(datagram + 4, size);
        memset(image_bytes(address, ADDRESS_SIZE), 0, ADDRESS_SIZE);
        memcpy(image_bytes(address + PORT_AT, 2), &(u16){(u16)(FIRST_PORT + vif)}, 2);
        for (u32 i = 0; i < 4; i++) put_u8(address + BYTES_AT + i, (u8)(LOOPBACK >> (24 - 8 * i)));
    }
    put_u8(result, 0);
    put_u32(result + 4, list);
    put_u32(result + 8, count);
}

WASI(u32, sockets_udp_incoming_datagram_stream_subscribe, u32 stream) {
    return handle_when(net_readable, (u32)check(stream, UDP_INCOMING)->value);
}

WASI(void, sockets_udp_drop_incoming_datagram_stream, u32 stream) {
    streams[check(stream, UDP_INCOMING)->value]--;
    handle_drop(stream);
}

WASI(void, sockets_udp_outgoing_datagram_stream_check_send, u32 stream, u32 result) {
    put_u8(result, 0);
    put_u64(result + 8, net_room((u32)check(stream, UDP_OUTGOING)->value));
}

/* Whether a datagram has no address of its own, or that of its vif. */
static bool is_to(u32 datagram, u32 vif) {
    const u8 *remote = image_bytes(datagram + REMOTE_AT, OUTGOING_SIZE - REMOTE_AT), *address = remote + 4;
    u32 port = (u32)(address[PORT_AT] | address[PORT_AT + 1] << 8);
    return !remote[0] || (address[0] == IPV4 && port == FIRST_PORT + vif && address_of(address[BYTES_AT], address[BYTES_AT + 1], address[BYTES_AT + 2], address[BYTES_AT + 3]) == LOOPBACK);
}

WASI(void, sockets_udp_outgoing_datagram_stream_send, u32 stream, u32 list, u32 count, u32 result) {
    u32 vif = (u32)check(stream, UDP_OUTGOING)->value, sent = 0;
    bool misdirected = false;
    for (; sent < count; sent++) {
        u32 datagram = list + OUTGOING_SIZE * sent, data[2];
        memcpy(data, image_bytes(datagram, sizeof data), sizeof data);
        misdirected = !is_to(datagram, vif);
        if (misdirected || !net_send(vif, image_bytes(data[0], data[1]), data[1])) break;
    }
    bool failed = misdirected && !sent;
    put_result(result, 8, failed, INVALID_ARGUMENT);
    if (!failed) put_u64(result + 8, sent);
}

WASI(u32, sockets_udp_outgoing_datagram_stream_subscribe, u32 stream) {
    return handle_when(net_writable, (u32)check(stream, UDP_OUTGOING)->value);
}

WASI(void, sockets_udp_drop_outgoing_datagram_stream, u32 stream) {
    streams[check(stream, UDP_OUTGOING)->value]--;
    handle_drop(stream);
}
