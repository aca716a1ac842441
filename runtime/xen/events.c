/*
 * Event channels. No interrupt is ever taken: all channels stay masked, and the domain blocks by SCHEDOP_poll, which
 * looks at the pending bits and has a timeout.
 */

#include "hypercall.h"
#include "shim.h"

/* A page of its own: Xen's takes its place. */
static union {
    struct shared_info info;
    char page[PAGE_SIZE];
} shared __attribute__((aligned(PAGE_SIZE)));

void events_init(void) {
    struct xen_add_to_physmap map = {.domid = DOMID_SELF, .space = XENMAPSPACE_shared_info, .gpfn = (u64)&shared / PAGE_SIZE};
    if (hypercall(__HYPERVISOR_memory_op, XENMEM_add_to_physmap, (u64)&map) < 0) panic("Xen does not give shared_info");
    for (unsigned i = 0; i < 64; i++) shared.info.evtchn_mask[i] = ~0ul;
    time_init(&shared.info);
}

bool events_take(u32 port) {
    u64 bit = 1ul << (port & 63);
    return __atomic_fetch_and(&shared.info.evtchn_pending[port >> 6 & 63], ~bit, __ATOMIC_SEQ_CST) & bit;
}

void events_notify(u32 port) {
    hypercall(__HYPERVISOR_event_channel_op, EVTCHNOP_send, (u64)&port);
}

void events_wait(const u32 *ports, u32 count, u64 deadline) {
    struct sched_poll poll = {.ports = ports, .nr_ports = count, .timeout = deadline == NEVER ? 0 : time_of_host(deadline)};
    hypercall(__HYPERVISOR_sched_op, SCHEDOP_poll, (u64)&poll);
}
