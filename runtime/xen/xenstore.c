/*
 * A client of xenstore (io/xs_wire.h) for the one thing that is asked of every domain: to end when control/shutdown is
 * written. Requests wait for their answers; watch events are noted and looked at later.
 */

#include "shim.h"

static struct xenstore_domain_interface *ring;
static u32 port;
/* control/shutdown may have changed. */
static bool fired;
static char payload[XENSTORE_PAYLOAD_MAX + 1];

static const char CONTROL[] = "control/shutdown";

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

/* Reads one message into `payload`; returns its type. */
static u32 receive(void) {
    struct xsd_sockmsg message;
    copy_in(&message, sizeof message);
    if (message.len > XENSTORE_PAYLOAD_MAX) panic("xenstore sent a message of %u bytes", (u64)message.len);
    copy_in(payload, message.len);
    payload[message.len] = 0;
    events_notify(port);
    if (message.type == XS_WATCH_EVENT) fired = true;
    return message.type;
}

/* Sends `parts` strings, each with its end but for a written value; the answer is in `payload`. False: an error. */
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
    request(XS_WATCH, CONTROL, "control", true);
}

void xenstore_poll(void) {
    if (!ring) return;
    while (can_receive()) receive();
    if (!fired) return;
    fired = false;
    if (!request(XS_READ, CONTROL, 0, false) || !payload[0]) return;
    bool reboot = !strcmp(payload, "reboot");
    if (!reboot && strcmp(payload, "poweroff") && strcmp(payload, "halt")) {
        /* Not acknowledged: the tool stack takes what is for done, or about to be. */
        log_line("%s requested: not supported", payload);
        return;
    }
    /* The tool stack waits for the request to be taken. */
    request(XS_WRITE, CONTROL, "", false);
    shutdown_request(reboot ? SHUTDOWN_reboot : SHUTDOWN_poweroff);
}
