/*
 * A client of xenstore (io/xs_wire.h). Requests wait for their answers; watch events are noted, and those who watch are
 * called when the domain looks for news.
 */

#include "shim.h"

static struct xenstore_domain_interface *ring;
static u32 port;
static char payload[XENSTORE_PAYLOAD_MAX + 1];

/* Who watches; the token of a watch is the letter of its place here. */
#define FIRST_TOKEN 'A'
static struct watcher {
    void (*changed)(void);
    /* There is news; and it is being called, and may wait for the console's reader, who looks for news. */
    bool fired, running;
} watchers[4];
static u32 watcher_count;

static bool can_send(void) {
    return ring->req_prod - READ_ONCE(ring->req_cons) < sizeof ring->req;
}

static bool can_receive(void) {
    return READ_ONCE(ring->rsp_prod) != ring->rsp_cons;
}

static void await(bool (*done)(void)) {
    while (!done()) {
        events_notify(port);
        events_clear();
        if (!done()) events_wait(NEVER);
    }
    barrier();
}

static void copy_out(const void *data, u32 size) {
    for (const char *bytes = data; size; size--, bytes++) {
        await(can_send);
        ring->req[ring->req_prod % sizeof ring->req] = *bytes;
        barrier();
        ring->req_prod++;
    }
}

static void copy_in(void *data, u32 size) {
    for (char *bytes = data; size; size--, bytes++) {
        await(can_receive);
        *bytes = ring->rsp[ring->rsp_cons % sizeof ring->rsp];
        barrier();
        ring->rsp_cons++;
    }
}

/* A watch event is a path and a token, each with its end. */
static void note_event(u32 size) {
    u32 token = (u32)strlen(payload) + 1;
    u32 place = token < size ? (u32)(payload[token] - FIRST_TOKEN) : watcher_count;
    if (place < watcher_count) watchers[place].fired = true;
}

/* Reads one message into `payload`; returns its type. */
static u32 receive(void) {
    struct xsd_sockmsg message;
    copy_in(&message, sizeof message);
    if (message.len > XENSTORE_PAYLOAD_MAX) panic("xenstore sent a message of %u bytes", (u64)message.len);
    copy_in(payload, message.len);
    payload[message.len] = 0;
    events_notify(port);
    if (message.type == XS_WATCH_EVENT) note_event(message.len);
    return message.type;
}

/* Sends one or two strings, each with its end but for a written value; the answer is in `payload`. False: an error. */
static bool request(u32 type, const char *first, const char *second, bool second_ends) {
    u32 first_size = strlen(first) + 1, second_size = second ? strlen(second) + second_ends : 0;
    struct xsd_sockmsg message = {.type = type, .len = first_size + second_size};
    copy_out(&message, sizeof message);
    copy_out(first, first_size);
    copy_out(second, second_size);
    events_notify(port);
    for (;;) {
        u32 answer = receive();
        if (answer == type) return true;
        if (answer == XS_ERROR) return false;
    }
}

void xenstore_init(void) {
    port = (u32)hypervisor_param(HVM_PARAM_STORE_EVTCHN);
    events_listen(port);
    ring = (void *)(hypervisor_param(HVM_PARAM_STORE_PFN) * PAGE_SIZE);
}

const char *xenstore_read(const char *path) {
    return request(XS_READ, path, 0, false) ? payload : 0;
}

void xenstore_write(const char *path, const char *value) {
    request(XS_WRITE, path, value, false);
}

void xenstore_watch(const char *path, void (*changed)(void)) {
    u32 place = 0;
    while (place < watcher_count && watchers[place].changed != changed) place++;
    if (place == watcher_count) watchers[watcher_count++].changed = changed;
    char token[] = {(char)(FIRST_TOKEN + place), 0};
    request(XS_WATCH, path, token, true);
}

/* Calls one of those who have news; false when none has. */
static bool call_watcher(void) {
    for (struct watcher *one = watchers; one < watchers + watcher_count; one++) {
        if (!one->fired || one->running) continue;
        one->fired = false;
        one->running = true;
        one->changed();
        one->running = false;
        return true;
    }
    return false;
}

void xenstore_poll(void) {
    if (!ring) return;
    /* Requests that they make read events too. */
    do while (can_receive()) receive();
    while (call_watcher());
}
