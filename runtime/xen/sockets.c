/*
 * Our own stack for the image's sockets: between the code that wasm2c made of drivers/sockets (sockets-module.c) and the
 * shim. image-info.h says the number of the vif. The module is as little trusted as the image: it has a memory of its own,
 * what it says of that is checked, and it is given frames, the time and random words.
 */

#include "sockets.h"
#include "net.h"
#include "wasi/wasi.h"
#include "sockets-module.h"
#include "image-info.h"

#define PATIENCE 10000000000ul
/* How long what was written may need to reach the other side, when the image has ended. */
#define LAST_WORDS 5000000000ul

static w2c_sockets instance;
static struct sockets_buffer *buffer;
static const u32 vif = IMAGE_SOCKETS_VIF;

u32 w2c_shim_frame_send(struct w2c_shim *host, u32 frame, u32 size) {
    (void)host;
    return net_send(vif, sockets_bytes(frame, size), size);
}

u32 w2c_shim_frame_receive(struct w2c_shim *host, u32 frame, u32 room) {
    (void)host;
    return net_receive(vif, sockets_bytes(frame, room), room);
}

u64 w2c_kernel_clock_monotonic(struct w2c_kernel *host) {
    (void)host;
    return time_now();
}

u64 w2c_kernel_random_u64(struct w2c_kernel *host) {
    u64 word;
    (void)host;
    random_bytes(&word, sizeof word);
    return word;
}

void w2c_kernel_abort_memory(struct w2c_kernel *host) {
    (void)host;
    panic("too little memory for the sockets: of %u kB are %u free", pages_ram() >> 10, pages_left() * (PAGE_SIZE >> 10));
}

static bool is_up;

/* Says it when there are addresses. */
static void look_up(void) {
    u32 size = w2c_sockets_up(&instance);
    if (!size || size >= sizeof buffer->address + sizeof buffer->data) return;
    is_up = true;
    ((char *)buffer)[size] = 0;
    log_line("vif %u: %s", (u64)vif, buffer);
}

/* Has the stack do what is due; returns when it is to be called again. */
static u64 step(void) {
    u64 due = w2c_sockets_step(&instance);
    if (!is_up) look_up();
    /* From here on a frame is an event, and so is room for one where there was none. */
    if (net_readable(vif) || (!net_room(vif) && net_writable(vif))) return 0;
    return due;
}

static void wait(u64 limit) {
    u64 due = step();
    events_wait(due < limit ? due : limit);
}

static void finish(void) {
    w2c_sockets_end(&instance);
    for (u64 limit = time_now() + LAST_WORDS; time_now() < limit && w2c_sockets_busy(&instance);) {
        events_clear();
        shutdown_look();
        wait(limit);
    }
}

/* Copies text to where the module finds it; its size. */
static u32 give(const char *text) {
    u64 size = strlen(text);
    if (size > sizeof *buffer) size = sizeof *buffer;
    memcpy(buffer, text, size);
    return (u32)size;
}

void sockets_begin(void) {
    if (buffer) return;
    u64 mac = 2;
    u32 mtu = 1500;
    net_init();
    wasm2c_sockets_instantiate(&instance, 0, 0);
    w2c_sockets_start(&instance);
    buffer = sockets_bytes(w2c_sockets_place(&instance), sizeof *buffer);
    for (const char *key = 0; (key = arguments_next_key(key));)
        if (!w2c_sockets_set(&instance, give(key))) log_line("not understood, ignored: mirage.%s", key);
    if (net_has(vif)) {
        memcpy(&mac, net_mac(vif), 6);
        mtu = net_mtu(vif);
    } else log_line("vif %u: there is none: sockets reach nobody but the image itself", (u64)vif);
    /* What peers can have it hold is bounded by half of what is free, which the image may want too. */
    u64 free = pages_left() * PAGE_SIZE / 2;
    w2c_sockets_begin(&instance, mac, mtu, free < INT32_MAX ? (u32)free : INT32_MAX, give(image_name));
    poll_serve(step);
    shutdown_after(finish);
    for (u64 limit = time_now() + PATIENCE; net_has(vif) && !is_up;) {
        events_clear();
        shutdown_look();
        if (time_now() < limit) wait(limit);
        else {
            log_line("vif %u: nobody has given it an address in 10 s", (u64)vif);
            break;
        }
    }
}

u32 sockets_vif(void) {
    return vif;
}

struct sockets_buffer *sockets_buffer(void) {
    return buffer;
}

#define CALL(name, parameters, ...) \
    i32 sockets_##name parameters { \
        return (i32)w2c_sockets_##name(&instance, __VA_ARGS__); \
    }
#define CALL_OF_NO_RESULT(name) \
    i32 sockets_##name(u32 one) { \
        w2c_sockets_##name(&instance, one); \
        return 0; \
    }

CALL(tcp_create, (u32 is_v6), is_v6)
CALL(tcp_backlog, (u32 socket, u32 size), socket, size)
CALL(tcp_bind, (u32 socket), socket)
CALL(tcp_bound, (u32 socket), socket)
CALL(tcp_listen, (u32 socket), socket)
CALL(tcp_listening, (u32 socket), socket)
CALL(tcp_accept, (u32 socket), socket)
CALL(tcp_connect, (u32 socket), socket)
CALL(tcp_connected, (u32 socket), socket)
CALL(tcp_ready, (u32 socket), socket)
CALL(tcp_local, (u32 socket), socket)
CALL(tcp_remote, (u32 socket), socket)
CALL(tcp_shutdown, (u32 socket, u32 reads, u32 writes), socket, reads, writes)
CALL_OF_NO_RESULT(tcp_drop)
CALL(tcp_read, (u32 socket, u32 size), socket, size)
CALL(tcp_readable, (u32 socket), socket)
CALL(tcp_room, (u32 socket), socket)
CALL(tcp_write, (u32 socket, u32 size), socket, size)
CALL(tcp_writable, (u32 socket), socket)
CALL(udp_create, (u32 is_v6), is_v6)
CALL(udp_bind, (u32 socket), socket)
CALL_OF_NO_RESULT(udp_local)
CALL(udp_connect, (u32 socket, u32 is_alone), socket, is_alone)
CALL(udp_receive, (u32 socket), socket)
CALL(udp_readable, (u32 socket), socket)
CALL(udp_send, (u32 socket, u32 size, u32 is_to), socket, size, is_to)
CALL_OF_NO_RESULT(udp_drop)
CALL(names_ask, (u32 units), units)
CALL(names_next, (u32 names), names)
CALL(names_ready, (u32 names), names)
CALL_OF_NO_RESULT(names_drop)
