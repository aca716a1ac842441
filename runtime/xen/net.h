/*
 * Ethernet, by the domain's vifs: their numbers are those in `vif = […]`, from 0 on or by `devid=`. Frames are whole, without a checksum of their own.
 * No call but the first blocks: an event ends the wait for what net_readable and net_writable have said is not so.
 */
#ifndef NET_H
#define NET_H

#include "shim.h"

#define VIFS 8u

/* Frames that have passed, and those that were dropped, by reason. The last lines of the log say them. */
struct net_counters {
    u64 sent, received;
    /* Shorter than a header or longer than the MTU allows; longer than the room of who receives. */
    u64 wrong_size, no_room;
    /* There was no back end. */
    u64 no_link;
    /* The back end has not sent it, or could not receive. */
    u64 refused;
    /* What a back end may not say: answers to nothing, sizes beyond a page, flags that were not negotiated. */
    u64 nonsense;
};

/* At the first call finds the vifs, and waits up to 5 s for their back ends. */
void net_init(void);
bool net_has(u32 vif);
const u8 *net_mac(u32 vif);
u32 net_mtu(u32 vif);
const struct net_counters *net_counters(u32 vif);

/* False: not now, there is no room; what cannot be sent at all is dropped and counted. */
bool net_send(u32 vif, const void *frame, u32 size);
/* The size of the frame that was there, or 0. */
u32 net_receive(u32 vif, void *buffer, u32 room);
/* How many there may be to receive, and how many can be sent. */
u32 net_available(u32 vif);
u32 net_room(u32 vif);
bool net_readable(u32 vif);
bool net_writable(u32 vif);

#endif
