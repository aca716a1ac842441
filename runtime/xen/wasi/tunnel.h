/*
 * The vifs of the image's own networks: a frame of vif N is a datagram between a port of the image's and 127.0.0.1, port 43000 + N.
 * One socket at a time has a vif, and its own port does not matter. Answers are as the module's: -1 - an error-code.
 */
#ifndef TUNNEL_H
#define TUNNEL_H

#include "../net.h"
#include "sockets.h"

i32 tunnel_bind(u32 family, u32 port, const u32 *parts);
/* Whether an address is a tunnel's other end: of a vif that the image's sockets do not have. */
bool tunnel_is(u32 family, u32 port, const u32 *parts);
/* The vif, whose streams are two. */
i32 tunnel_open(u32 port);
void tunnel_close(u32 vif);
u32 tunnel_available(u32 vif);
/* The size of a frame, or -1. */
i32 tunnel_receive(u32 vif, const u8 **data, const u8 **from);
/* `to` may be 0. Answers 1 where there is no room. */
i32 tunnel_send(u32 vif, const u8 *to, const u8 *frame, u32 size);

#endif
