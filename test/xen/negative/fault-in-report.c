#include "guest.h"

/* Without the page of the console's ring, nothing can be said. */
u32 image_run(void) {
    u64 ring = hypervisor_param(17 /* HVM_PARAM_CONSOLE_PFN */) * PAGE_SIZE;
    pd[ring >> 30][ring >> 21 & 511] = 0;
    __asm__ volatile("mov %%cr3, %%rax; mov %%rax, %%cr3; ud2" ::: "rax", "memory");
    return 0;
}
