/*
 * The front end of a ring of requests and responses (io/ring.h). The other end can write into the ring whenever it likes:
 * our own indices are kept apart, and a number of responses that cannot be is none.
 */
#ifndef RING_H
#define RING_H

#include "shim.h"

/* Of any ring of a page whose entries have 8 to 12 bytes. */
#define RING_SIZE 256u

struct ring {
    struct ring_page *page;
    /* Requests that were ever made, and responses that were ever taken. */
    u32 requests, responses;
};

static inline void ring_begin(struct ring *ring, u64 page) {
    *ring = (struct ring){.page = (struct ring_page *)page};
    memset(ring->page, 0, PAGE_SIZE);
    ring->page->req_event = ring->page->rsp_event = 1;
}

/* The entry of a request or response. */
static inline void *ring_entry(const struct ring *ring, u32 index, u32 size) {
    return ring->page->entries + index % RING_SIZE * size;
}

/* Responses that are there: no more than requests without one. */
static inline u32 ring_available(const struct ring *ring) {
    u32 count = READ_ONCE(ring->page->rsp_prod) - ring->responses;
    __atomic_thread_fence(__ATOMIC_ACQUIRE);
    return count > ring->requests - ring->responses ? 0 : count;
}

/* The same, and when there is none, the next one is an event. */
static inline u32 ring_await(const struct ring *ring) {
    u32 count = ring_available(ring);
    if (count) return count;
    __atomic_store_n(&ring->page->rsp_event, ring->responses + 1, __ATOMIC_SEQ_CST);
    __atomic_thread_fence(__ATOMIC_SEQ_CST);
    return ring_available(ring);
}

/* Shows the other end the requests that were made since `before`; whether it wants an event for that. */
static inline bool ring_push(const struct ring *ring, u32 before) {
    __atomic_store_n(&ring->page->req_prod, ring->requests, __ATOMIC_SEQ_CST);
    __atomic_thread_fence(__ATOMIC_SEQ_CST);
    return ring->requests - READ_ONCE(ring->page->req_event) < ring->requests - before;
}

#endif
