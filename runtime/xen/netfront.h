/* The rings of one vif. */
#ifndef NETFRONT_H
#define NETFRONT_H

#include "net.h"
#include "ring.h"

#define NET_BUFFERS 64u

struct net_buffer {
    u64 page;
    u32 grant;
    /* The back end has it. */
    bool busy;
};

/* One direction: the pages of its ring and buffers, granted to the back end while it is open. A request's id is its
 * buffer's place. */
struct net_lane {
    struct ring ring;
    struct net_buffer ring_page, buffers[NET_BUFFERS];
};

struct netfront {
    struct net_lane tx, rx;
    u32 port;
    /* Places of the tx buffers that are not busy. */
    u32 idle_count;
    u8 idle[NET_BUFFERS];
    /* The response that comes next belongs to a frame that is dropped. */
    bool in_dropped;
    struct net_counters counters;
};

/* Makes rings, buffers and event channel for a back end. False: memory has ended. */
bool netfront_open(struct netfront *front, u16 domain);
/* A page that the back end still has is not used again. */
void netfront_close(struct netfront *front);
/* As in net.h. */
bool netfront_send(struct netfront *front, const void *frame, u32 size);
u32 netfront_receive(struct netfront *front, void *buffer, u32 room);
u32 netfront_available(const struct netfront *front);
u32 netfront_room(struct netfront *front);
bool netfront_readable(struct netfront *front);
bool netfront_writable(struct netfront *front);

#endif
