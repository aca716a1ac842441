/* A guest that calls wasi:sockets as no driver of ours does; it has the vif 0. Returns how many answers were wrong. */

#define image_realloc no_realloc
#include "../negative/guest.h"
#undef image_realloc
#include "wasi/wasi.h"
#include "wasm-rt.h"

#define ADDRESS u32 family, u32 port, u32 a, u32 b, u32 c, u32 d, u32 e, u32 f, u32 g, u32 h, u32 i, u32 j
#define IPV4(port, a, b, c, d) 0, port, a, b, c, d, 0, 0, 0, 0, 0, 0
WASI(u32, sockets_instance_network_instance_network);
WASI(void, sockets_udp_create_socket_create_udp_socket, u32 family, u32 result);
WASI(void, sockets_udp_udp_socket_start_bind, u32 socket, u32 network, ADDRESS, u32 result);
WASI(void, sockets_udp_udp_socket_finish_bind, u32 socket, u32 result);
WASI(void, sockets_udp_udp_socket_stream, u32 socket, u32 some, ADDRESS, u32 result);
WASI(void, sockets_udp_incoming_datagram_stream_receive, u32 stream, u64 most, u32 result);
WASI(void, sockets_udp_drop_incoming_datagram_stream, u32 stream);
WASI(void, sockets_udp_outgoing_datagram_stream_check_send, u32 stream, u32 result);
WASI(void, sockets_udp_outgoing_datagram_stream_send, u32 stream, u32 list, u32 count, u32 result);
WASI(void, sockets_udp_drop_outgoing_datagram_stream, u32 stream);

/* Places in memory: an answer, two datagrams of 44 bytes, and a frame. */
enum { RESULT = 64, LIST = 128, FRAME = 1024, MEMORY = 65536, RECORD = 44 };

u32 image_realloc(u32 align, u32 size) {
    (void)align, (void)size;
    return FRAME;
}

static u32 wrong, line;

/* Whether the answer was this error, whose code is at `payload`, or none: -1. */
static void expect(int error, u32 payload) {
    const u8 *result = image_bytes(RESULT, 16);
    line++;
    if (error < 0 ? result[0] == 0 : result[0] == 1 && result[payload] == error) return;
    log_line("answer %u is %u %u", (u64)line, (u64)result[0], (u64)result[payload]);
    wrong++;
}

static u32 answer(u32 at) {
    u32 value;
    memcpy(&value, image_bytes(RESULT + at, 4), 4);
    return value;
}

/* A socket that is bound. */
static u32 bound(u32 network) {
    w2c_wasi_sockets_udp_create_socket_create_udp_socket(0, 0, RESULT);
    expect(-1, 4);
    u32 socket = answer(4);
    w2c_wasi_sockets_udp_udp_socket_start_bind(0, socket, network, IPV4(42000, 127, 0, 0, 1), RESULT);
    expect(-1, 1);
    w2c_wasi_sockets_udp_udp_socket_finish_bind(0, socket, RESULT);
    expect(-1, 1);
    return socket;
}

static void stream(u32 socket, u32 port, u32 first, int error) {
    w2c_wasi_sockets_udp_udp_socket_stream(0, socket, 1, IPV4(port, first, 0, 0, 1), RESULT);
    expect(error, 4);
}

u32 image_run(void) {
    static wasm_rt_memory_t memory;
    wasm_rt_allocate_memory(&memory, 1, 1, false, MEMORY);
    u32 network = w2c_wasi_sockets_instance_network_instance_network(0);
    w2c_wasi_sockets_udp_create_socket_create_udp_socket(0, 1, RESULT);
    expect(2, 4); /* not-supported: IPv6 */
    w2c_wasi_sockets_udp_create_socket_create_udp_socket(0, 0, RESULT);
    u32 unbound = answer(4);
    w2c_wasi_sockets_udp_udp_socket_finish_bind(0, unbound, RESULT);
    expect(7, 1); /* not-in-progress */
    w2c_wasi_sockets_udp_udp_socket_start_bind(0, unbound, network, IPV4(0, 10, 0, 0, 1), RESULT);
    expect(11, 1); /* address-not-bindable */
    stream(unbound, 43000, 127, 9); /* invalid-state */

    u32 socket = bound(network), other = bound(network);
    w2c_wasi_sockets_udp_udp_socket_start_bind(0, socket, network, IPV4(1, 127, 0, 0, 1), RESULT);
    expect(9, 1);
    w2c_wasi_sockets_udp_udp_socket_stream(0, socket, 0, IPV4(0, 0, 0, 0, 0), RESULT);
    expect(2, 4); /* not-supported: to all */
    stream(socket, 43000, 10, 13); /* remote-unreachable */
    stream(socket, 43001, 127, 13);
    stream(socket, 42999, 127, 13);
    stream(socket, 43000, 127, -1);
    u32 incoming = answer(4), outgoing = answer(8);
    stream(other, 43000, 127, 12); /* address-in-use */

    /* Two datagrams, the second one to somebody else; and then that one alone. */
    memset(image_bytes(LIST, 2 * RECORD), 0, 2 * RECORD);
    for (u32 i = 0; i < 2; i++) {
        put_u32(LIST + RECORD * i, FRAME);
        put_u32(LIST + RECORD * i + 4, 60);
    }
    put_u8(LIST + RECORD + 8, 1);
    w2c_wasi_sockets_udp_outgoing_datagram_stream_send(0, outgoing, LIST, 2, RESULT);
    expect(-1, 8);
    if (answer(8) != 1) wrong++;
    w2c_wasi_sockets_udp_outgoing_datagram_stream_send(0, outgoing, LIST + RECORD, 1, RESULT);
    expect(3, 8); /* invalid-argument */
    w2c_wasi_sockets_udp_outgoing_datagram_stream_check_send(0, outgoing, RESULT);
    if (!answer(8) || answer(8) > 64) wrong++;

    w2c_wasi_sockets_udp_drop_incoming_datagram_stream(0, incoming);
    stream(other, 43000, 127, 12);
    w2c_wasi_sockets_udp_drop_outgoing_datagram_stream(0, outgoing);
    stream(other, 43000, 127, -1);
    log_line("%u are wrong", (u64)wrong);
    /* A trap: the stream was dropped. */
    w2c_wasi_sockets_udp_incoming_datagram_stream_receive(0, incoming, 1, RESULT);
    return 1;
}
