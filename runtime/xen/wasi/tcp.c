/*
 * wasi:sockets/tcp by our own stack. A socket's handle has the stack's number of it, and above that how many of its streams are
 * left; a stream's and a pollable's has the handle of the socket.
 */

#include "sockets.h"

#define STREAM (1ul << 32)
/* flags of shutdown-type */
enum { RECEIVE, SEND, BOTH };

static u32 number_of(u32 socket) {
    return (u32)check_socket(socket, TCP_SOCKET)->value;
}

/* Whether a socket is there. A pollable may outlive it. */
static bool is_there(u32 socket) {
    return handle_find(socket, 1u << TCP_SOCKET);
}

static bool is_ready(u32 socket) {
    return !is_there(socket) || sockets_tcp_ready(number_of(socket));
}

static bool is_readable(u32 socket) {
    return !is_there(socket) || sockets_tcp_readable(number_of(socket));
}

static bool is_writable(u32 socket) {
    return !is_there(socket) || sockets_tcp_writable(number_of(socket));
}

static long read(u32 socket, u64 most, const void **bytes) {
    struct sockets_buffer *buffer = sockets_buffer();
    *bytes = buffer->data;
    long count = sockets_tcp_read(number_of(socket), most < SOCKETS_MOST ? (u32)most : SOCKETS_MOST);
    if (count > (long)SOCKETS_MOST) wasm_trap("the sockets are damaged");
    return count;
}

static long room(u32 socket) {
    return sockets_tcp_room(number_of(socket));
}

static void write(u32 socket, const void *bytes, u32 length) {
    u32 number = number_of(socket);
    i32 most = sockets_tcp_room(number);
    if (length > SOCKETS_MOST || (i32)length > most) wasm_trap("more was written than there was room for");
    memcpy(sockets_buffer()->data, bytes, length);
    sockets_tcp_write(number, length);
}

static void drop(u32 socket) {
    check_socket(socket, TCP_SOCKET)->value -= STREAM;
}

static const struct input input = {read, is_readable, drop};
static const struct output output = {room, write, is_writable, drop};

/* tuple<input-stream, output-stream> */
static void put_streams(u32 place, u32 socket) {
    check_socket(socket, TCP_SOCKET)->value += 2 * STREAM;
    put_u32(place, input_new(&input, socket));
    put_u32(place + 4, output_new(&output, socket));
}

WASI(void, sockets_tcp_create_socket_create_tcp_socket, u32 family, u32 result) {
    sockets_begin();
    i32 answer = sockets_tcp_create(family == IPV6);
    if (put_answer(result, 4, answer)) put_u32(result + 4, handle_new(TCP_SOCKET, (u32)answer));
}

WASI(void, sockets_tcp_tcp_socket_start_bind, u32 socket, u32 network, ADDRESS, u32 result) {
    u32 number = number_of(socket);
    check_network(network);
    give_address(ADDRESS_VALUES);
    put_answer(result, 1, sockets_tcp_bind(number));
}

WASI(void, sockets_tcp_tcp_socket_finish_bind, u32 socket, u32 result) {
    put_answer(result, 1, sockets_tcp_bound(number_of(socket)));
}

WASI(void, sockets_tcp_tcp_socket_start_listen, u32 socket, u32 result) {
    put_answer(result, 1, sockets_tcp_listen(number_of(socket)));
}

WASI(void, sockets_tcp_tcp_socket_finish_listen, u32 socket, u32 result) {
    put_answer(result, 1, sockets_tcp_listening(number_of(socket)));
}

WASI(void, sockets_tcp_tcp_socket_set_listen_backlog_size, u32 socket, u64 size, u32 result) {
    put_answer(result, 1, sockets_tcp_backlog(number_of(socket), size < INT32_MAX ? (u32)size : INT32_MAX));
}

/* result<tuple<tcp-socket, input-stream, output-stream>, error-code> */
WASI(void, sockets_tcp_tcp_socket_accept, u32 socket, u32 result) {
    i32 answer = sockets_tcp_accept(number_of(socket));
    if (!put_answer(result, 4, answer)) return;
    u32 accepted = handle_new(TCP_SOCKET, (u32)answer);
    put_u32(result + 4, accepted);
    put_streams(result + 8, accepted);
}

WASI(void, sockets_tcp_tcp_socket_start_connect, u32 socket, u32 network, ADDRESS, u32 result) {
    u32 number = number_of(socket);
    check_network(network);
    give_address(ADDRESS_VALUES);
    put_answer(result, 1, sockets_tcp_connect(number));
}

/* result<tuple<input-stream, output-stream>, error-code> */
WASI(void, sockets_tcp_tcp_socket_finish_connect, u32 socket, u32 result) {
    if (put_answer(result, 4, sockets_tcp_connected(number_of(socket)))) put_streams(result + 4, socket);
}

WASI(void, sockets_tcp_tcp_socket_local_address, u32 socket, u32 result) {
    put_address(result, sockets_tcp_local(number_of(socket)));
}

WASI(void, sockets_tcp_tcp_socket_remote_address, u32 socket, u32 result) {
    put_address(result, sockets_tcp_remote(number_of(socket)));
}

WASI(u32, sockets_tcp_tcp_socket_subscribe, u32 socket) {
    check_socket(socket, TCP_SOCKET);
    return handle_when(is_ready, socket);
}

WASI(void, sockets_tcp_tcp_socket_shutdown, u32 socket, u32 what, u32 result) {
    put_answer(result, 1, sockets_tcp_shutdown(number_of(socket), what != SEND, what != RECEIVE));
}

WASI(void, sockets_tcp_drop_tcp_socket, u32 socket) {
    const struct handle *dropped = check_socket(socket, TCP_SOCKET);
    if (dropped->value >= STREAM) wasm_trap("a socket was dropped before its streams");
    sockets_tcp_drop((u32)dropped->value);
    handle_drop(socket);
}
