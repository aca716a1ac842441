/*
 * netfront: a vif's two rings (io/netif.h). The pages that the back end may use stay the same while it is connected: it
 * reads the ones to send, and copies into the ones to receive. A frame is copied out before anybody looks at it. Nothing
 * that the back end writes is believed: a response is read once, must answer a request without an answer by our own books,
 * and its offset and size must lie in the page; else it is counted and dropped.
 */

#include "netfront.h"

static bool open_page(struct net_buffer *one, u16 domain, bool read_only) {
    if (!one->page) one->page = pages_take(1);
    if (one->page) one->grant = grant_give(domain, one->page, read_only);
    one->busy = false;
    return one->grant;
}

static void close_page(struct net_buffer *one) {
    if (one->grant && !grant_take_back(one->grant)) one->page = 0;
    one->grant = 0;
}

static bool open_lane(struct net_lane *lane, u16 domain, bool read_only) {
    if (!open_page(&lane->ring_page, domain, false)) return false;
    ring_begin(&lane->ring, lane->ring_page.page);
    for (u32 id = 0; id < NET_BUFFERS; id++)
        if (!open_page(&lane->buffers[id], domain, read_only)) return false;
    return true;
}

static void close_lane(struct net_lane *lane) {
    close_page(&lane->ring_page);
    for (u32 id = 0; id < NET_BUFFERS; id++) close_page(&lane->buffers[id]);
}

/* Gives the back end a buffer to receive into. */
static void post(struct net_lane *rx, u16 id) {
    struct netif_rx_request *request = ring_entry(&rx->ring, rx->ring.requests++, NETIF_RX_ENTRY);
    *request = (struct netif_rx_request){.id = id, .gref = rx->buffers[id].grant};
    rx->buffers[id].busy = true;
}

static void push(const struct netfront *front, const struct ring *ring, u32 before) {
    if (ring_push(ring, before)) events_notify(front->port);
}

bool netfront_open(struct netfront *front, u16 domain) {
    front->port = 0;
    front->in_dropped = false;
    if (!open_lane(&front->tx, domain, true) || !open_lane(&front->rx, domain, false) || !(front->port = events_new(domain))) {
        netfront_close(front);
        return false;
    }
    front->idle_count = NET_BUFFERS;
    for (u32 id = 0; id < NET_BUFFERS; id++) {
        front->idle[id] = (u8)id;
        post(&front->rx, (u16)id);
    }
    push(front, &front->rx.ring, 0);
    return true;
}

void netfront_close(struct netfront *front) {
    if (front->port) events_end(front->port);
    front->port = 0;
    close_lane(&front->tx);
    close_lane(&front->rx);
}

/* The buffer that a response says it answers for, which is ours again; 0 when the back end does not have it. */
static struct net_buffer *answered(struct netfront *front, struct net_lane *lane, u16 id) {
    if (id >= NET_BUFFERS || !lane->buffers[id].busy) {
        front->counters.nonsense++;
        return 0;
    }
    lane->buffers[id].busy = false;
    return &lane->buffers[id];
}

/* Takes the buffers of frames that were sent. */
static void reclaim(struct netfront *front) {
    struct ring *ring = &front->tx.ring;
    for (u32 left = ring_available(ring); left; left--) {
        const struct netif_tx_response *entry = ring_entry(ring, ring->responses++, NETIF_TX_ENTRY);
        u16 id = READ_ONCE(entry->id);
        if (!answered(front, &front->tx, id)) continue;
        if (READ_ONCE(entry->status) < 0) front->counters.refused++;
        front->idle[front->idle_count++] = (u8)id;
    }
}

bool netfront_send(struct netfront *front, const void *frame, u32 size) {
    struct net_lane *tx = &front->tx;
    reclaim(front);
    if (!front->idle_count) return false;
    u8 id = front->idle[--front->idle_count];
    struct net_buffer *buffer = &tx->buffers[id];
    u32 before = tx->ring.requests++;
    memcpy((void *)buffer->page, frame, size);
    buffer->busy = true;
    /* No flags: the frame's checksums are there, and it is in one piece. */
    *(struct netif_tx_request *)ring_entry(&tx->ring, before, NETIF_TX_ENTRY) = (struct netif_tx_request){.gref = buffer->grant, .id = id, .size = (u16)size};
    push(front, &tx->ring, before);
    front->counters.sent++;
    return true;
}

u32 netfront_room(struct netfront *front) {
    reclaim(front);
    return front->idle_count;
}

bool netfront_writable(struct netfront *front) {
    return netfront_room(front) || (ring_await(&front->tx.ring) && netfront_room(front));
}

/* Copies a frame out; its size, or 0 when it is dropped. */
static u32 take(struct netfront *front, const struct net_buffer *from, u16 offset, u16 flags, i16 status, void *buffer, u32 room) {
    /* Several pieces: none of them is wanted. */
    bool is_dropped = front->in_dropped;
    front->in_dropped = flags & (NETRXF_more_data | NETRXF_extra_info);
    if (status < 0) front->counters.refused++;
    else if (is_dropped || flags & ~NETRXF_data_validated || status == 0 || offset + (u32)status > PAGE_SIZE) front->counters.nonsense++;
    else if ((u32)status > room) front->counters.no_room++;
    else {
        memcpy(buffer, (const u8 *)from->page + offset, (u32)status);
        front->counters.received++;
        return (u32)status;
    }
    return 0;
}

u32 netfront_receive(struct netfront *front, void *buffer, u32 room) {
    struct net_lane *rx = &front->rx;
    u32 size = 0, before = rx->ring.requests;
    for (u32 left = ring_available(&rx->ring); left && !size; left--) {
        const struct netif_rx_response *entry = ring_entry(&rx->ring, rx->ring.responses++, NETIF_RX_ENTRY);
        u16 id = READ_ONCE(entry->id);
        const struct net_buffer *from = answered(front, rx, id);
        if (!from) continue;
        size = take(front, from, READ_ONCE(entry->offset), READ_ONCE(entry->flags), READ_ONCE(entry->status), buffer, room);
        post(rx, id);
    }
    if (rx->ring.requests != before) push(front, &rx->ring, before);
    return size;
}

u32 netfront_available(const struct netfront *front) {
    return ring_available(&front->rx.ring);
}

bool netfront_readable(struct netfront *front) {
    return ring_await(&front->rx.ring);
}
