/*
 * A client of xenstore (io/xs_wire.h) for the one thing that is asked of every domain: to end when control/shutdown is
 * written. Requests wait for their answers; watch events are noted and looked at later.
 */

#include "shim.h"

static struct xenstore_domain_interface *ring;
u32 xenstore_port;
/* control/shutdown may have changed. */
static bool fired;
static char payload[XENSTORE_PAYLOAD_MAX + 1];

static const char CONTROL[] = "control/shutdown";

static void copy_out(const void *data, u32 size) {
    for (const char *bytes = data; size; size--, bytes++) {
        while (ring->req_prod - READ_ONCE(ring->req_cons) >= sizeof ring->req) {
            events_notify(xenstore_port);
            events_wait(&xenstore_port, 1, NEVER);
            events_take(xenstore_port);
        }
        ring->req[ring->req_prod % sizeof ring->req] = *bytes;
        barrier();
        ring->req_prod++;
    }
}

static void copy_in(void *data, u32 size) {
    for (char *bytes = data; size; size--, bytes++) {
        while (READ_ONCE(ring->rsp_prod) == ring->rsp_cons) {
            events_notify(xenstore_port);
            events_wait(&xenstore_port, 1, NEVER);
            events_take(xenstore_port);
        }
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
    events_notify(xenstore_port);
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
    events_notify(xenstore_port);
    for (;;) {
        u32 answer = receive();
        if (answer == type) return true;
        if (answer == XS_ERROR) return false;
    }
}

void xenstore_init(void) {
    ring = (void *)(hypervisor_param(HVM_PARAM_STORE_PFN) * PAGE_SIZE);
    xenstore_port = (u32)hypervisor_param(HVM_PARAM_STORE_EVTCHN);
    request(XS_WATCH, CONTROL, "control", true);
}

void xenstore_poll(void) {
    events_take(xenstore_port);
    while (READ_ONCE(ring->rsp_prod) != ring->rsp_cons) receive();
    if (!fired) return;
    fired = false;
    if (!request(XS_READ, CONTROL, 0, false) || !payload[0]) return;
    bool asked = !strcmp(payload, "poweroff") || !strcmp(payload, "halt") || !strcmp(payload, "reboot");
    bool reboot = !strcmp(payload, "reboot");
    /* The tool stack waits for the request to be taken. */
    request(XS_WRITE, CONTROL, "", false);
    if (!asked) return;
    log_line("%s requested", reboot ? "reboot" : "shutdown");
    hypervisor_shutdown(reboot ? SHUTDOWN_reboot : SHUTDOWN_poweroff);
}
