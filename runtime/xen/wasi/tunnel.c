#include "tunnel.h"

#define FIRST_PORT 43000u
#define LOOPBACK 0x7f000001u

/* Streams of each vif, of which there are two. */
static u8 streams[VIFS];

static u32 address_of(const u32 *parts) {
    return parts[0] << 24 | parts[1] << 16 | parts[2] << 8 | parts[3];
}

i32 tunnel_bind(u32 family, u32 port, const u32 *parts) {
    (void)port;
    if (family != IPV4) return -1 - INVALID_ARGUMENT;
    return address_of(parts) && address_of(parts) != LOOPBACK ? -1 - ADDRESS_NOT_BINDABLE : 0;
}

bool tunnel_is(u32 family, u32 port, const u32 *parts) {
    if (family != IPV4 || address_of(parts) != LOOPBACK || port - FIRST_PORT >= VIFS) return false;
    net_init();
    return net_has(port - FIRST_PORT) && !(sockets_vif && port - FIRST_PORT == sockets_vif());
}

i32 tunnel_open(u32 port) {
    u32 vif = port - FIRST_PORT;
    if (streams[vif]) return -1 - ADDRESS_IN_USE;
    streams[vif] = 2;
    return (i32)vif;
}

void tunnel_close(u32 vif) {
    streams[vif]--;
}

u32 tunnel_available(u32 vif) {
    return net_available(vif);
}

i32 tunnel_receive(u32 vif, const u8 **data, const u8 **from) {
    static u8 frame[PAGE_SIZE], address[ADDRESS_SIZE];
    u32 size = net_receive(vif, frame, sizeof frame), port = FIRST_PORT + vif;
    memcpy(address + PORT_AT, &port, 2);
    for (u32 index = 0; index < 4; index++) address[BYTES_AT + index] = (u8)(LOOPBACK >> (24 - 8 * index));
    *data = frame;
    *from = address;
    return size ? (i32)size : -1;
}

i32 tunnel_send(u32 vif, const u8 *to, const u8 *frame, u32 size) {
    if (to) {
        u32 parts[4] = {to[BYTES_AT], to[BYTES_AT + 1], to[BYTES_AT + 2], to[BYTES_AT + 3]};
        u32 port = (u32)(to[PORT_AT] | to[PORT_AT + 1] << 8);
        if (to[0] != IPV4 || port != FIRST_PORT + vif || address_of(parts) != LOOPBACK) return -1 - INVALID_ARGUMENT;
    }
    return !net_send(vif, frame, size);
}
