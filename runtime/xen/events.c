/*
 * Event channels. No interrupt is ever taken: all channels stay masked, and the domain blocks by SCHEDOP_poll, which
 * looks at the pending bits and has a timeout. Who waits clears the events, looks at what it waits for, and blocks: an
 * event that has come since ends that at once.
 */

#include "hypercall.h"
#include "shim.h"

/* A page of its own: Xen's takes its place. */
static union {
    struct shared_info info;
    char page[PAGE_SIZE];
} shared __attribute__((aligned(PAGE_SIZE)));

/* The console's, xenstore's, and those of devices. */
static u32 ports[16];
static u32 count;
static u64 alarm = NEVER;

void events_init(void) {
    struct xen_add_to_physmap map = {.domid = DOMID_SELF, .space = XENMAPSPACE_shared_info, .gpfn = (u64)&shared / PAGE_SIZE};
    if (hypercall(__HYPERVISOR_memory_op, XENMEM_add_to_physmap, (u64)&map) < 0) panic("Xen does not give shared_info");
    for (unsigned i = 0; i < 64; i++) shared.info.evtchn_mask[i] = ~0ul;
    time_init(&shared.info);
}

void events_listen(u32 port) {
    ports[count++] = port;
}

u32 events_new(u16 domain) {
    struct evtchn_alloc_unbound new = {.dom = DOMID_SELF, .remote_dom = domain};
    if (count == sizeof ports / sizeof *ports || hypercall(__HYPERVISOR_event_channel_op, EVTCHNOP_alloc_unbound, (u64)&new) < 0) return 0;
    events_listen(new.port);
    return new.port;
}

void events_end(u32 port) {
    hypercall(__HYPERVISOR_event_channel_op, EVTCHNOP_close, (u64)&port);
    u32 place = 0;
    while (ports[place] != port) place++;
    ports[place] = ports[--count];
}

void events_notify(u32 port) {
    hypercall(__HYPERVISOR_event_channel_op, EVTCHNOP_send, (u64)&port);
}

void events_clear(void) {
    for (u32 i = 0; i < count; i++) {
        __atomic_fetch_and(&shared.info.evtchn_pending[ports[i] >> 6 & 63], ~(1ul << (ports[i] & 63)), __ATOMIC_SEQ_CST);
    }
}

void events_alarm(u64 time) {
    alarm = time;
}

void events_wait(u64 deadline) {
    u64 time = time_of_host(deadline < alarm ? deadline : alarm);
    /* Xen's times are signed; 0 is none. */
    struct sched_poll poll = {.ports = ports, .nr_ports = count, .timeout = time > INT64_MAX ? 0 : time};
    hypercall(__HYPERVISOR_sched_op, SCHEDOP_poll, (u64)&poll);
}
