/* What Xen tells this domain, and what it is told at the end. */

#include "hypercall.h"
#include "shim.h"

static void cpuid(u32 leaf, u32 *a, u32 *b, u32 *c, u32 *d) {
    __asm__ volatile("cpuid" : "=a"(*a), "=b"(*b), "=c"(*c), "=d"(*d) : "a"(leaf), "c"(0));
}

/* Asks Xen for its hypercall stubs: the leaf 2 of its own CPUID range names the register that takes the page's address. */
void hypervisor_init(void) {
    for (u32 base = 0x40000000; base < 0x40010000; base += 0x100) {
        u32 a, b, c, d;
        cpuid(base, &a, &b, &c, &d);
        if (b != 0x566e6558 || c != 0x65584d4d || d != 0x4d4d566e) continue; /* "XenVMMXenVMM" */
        cpuid(base + 2, &a, &b, &c, &d);
        u64 page = (u64)hypercall_page;
        __asm__ volatile("wrmsr" ::"c"(b), "a"((u32)page), "d"((u32)(page >> 32)) : "memory");
        return;
    }
    /* Not on Xen: nobody is there to tell. */
    for (;;) __asm__ volatile("hlt");
}

u64 hypervisor_param(u32 index) {
    struct xen_hvm_param param = {.domid = DOMID_SELF, .index = index};
    if (hypercall(__HYPERVISOR_hvm_op, HVMOP_get_param, (u64)&param) < 0) panic("Xen does not tell HVM parameter %u", (u64)index);
    return param.value;
}

void hypervisor_shutdown(unsigned reason) {
    u32 how = reason;
    for (;;) hypercall(__HYPERVISOR_sched_op, SCHEDOP_shutdown, (u64)&how);
}
