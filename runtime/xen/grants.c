/*
 * Grants: pages of this domain's that another one may use (grant_table.h, version 1). The table's frames are Xen's, each in
 * the place of a page of ours. A page is the domain's own again when its grant has been taken back.
 */

#include "hypercall.h"
#include "shim.h"

enum { FRAMES = 4, PER_FRAME = PAGE_SIZE / sizeof(struct grant_entry_v1) };

static struct grant_entry_v1 *frames[FRAMES];
/* Entries that were ever in use, and those that are free again: each names the next in its `frame`. */
static u32 used = GNTTAB_NR_RESERVED_ENTRIES, free_list;

static struct grant_entry_v1 *entry_of(u32 grant) {
    return &frames[grant / PER_FRAME][grant % PER_FRAME];
}

static bool has_frame(u32 frame) {
    if (frame >= FRAMES) return false;
    if (frames[frame]) return true;
    u64 page = pages_take(1);
    struct xen_add_to_physmap map = {.domid = DOMID_SELF, .space = XENMAPSPACE_grant_table, .idx = frame, .gpfn = page / PAGE_SIZE};
    if (!page || hypercall(__HYPERVISOR_memory_op, XENMEM_add_to_physmap, (u64)&map) < 0) return false;
    frames[frame] = (void *)page;
    return true;
}

u32 grant_give(u16 domain, u64 page, bool read_only) {
    u32 grant = free_list;
    if (grant) free_list = entry_of(grant)->frame;
    else if (has_frame(used / PER_FRAME)) grant = used++;
    else return 0;
    struct grant_entry_v1 *entry = entry_of(grant);
    entry->domid = domain;
    entry->frame = (u32)(page / PAGE_SIZE);
    /* Valid from here on. */
    __atomic_store_n(&entry->flags, GTF_permit_access | (read_only ? GTF_readonly : 0), __ATOMIC_SEQ_CST);
    return grant;
}

bool grant_take_back(u32 grant) {
    struct grant_entry_v1 *entry = entry_of(grant);
    u16 flags = READ_ONCE(entry->flags);
    do
        if (flags & (GTF_reading | GTF_writing)) return false;
    while (!__atomic_compare_exchange_n(&entry->flags, &flags, 0, false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST));
    entry->frame = free_list;
    free_list = grant;
    return true;
}
