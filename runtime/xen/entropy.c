/* The processor's own source of randomness. CPUID says which instructions there are. */

#include "shim.h"

static u32 cpuid(u32 leaf, char which) {
    u32 eax = leaf, ebx, ecx = 0, edx;
    __asm__ volatile("cpuid" : "+a"(eax), "=b"(ebx), "+c"(ecx), "=d"(edx));
    return which == 'a' ? eax : which == 'b' ? ebx : ecx;
}

enum entropy entropy_source(void) {
    if (cpuid(0, 'a') >= 7 && cpuid(7, 'b') >> 18 & 1) return ENTROPY_RDSEED;
    return cpuid(1, 'c') >> 30 & 1 ? ENTROPY_RDRAND : ENTROPY_NONE;
}

bool entropy_word(enum entropy source, u64 *word) {
    /*
     * RDSEED runs dry when it is asked too fast; RDRAND that fails ten times is broken (Intel's guide, 5.2.1). Only the forms of
     * 64 bits: some of AMD's Zen 5 answer RDSEED's narrower ones with 0.
     */
    for (unsigned tries = 0; tries < 100000; tries++) {
        bool given;
        if (source == ENTROPY_RDSEED) __asm__ volatile("rdseed %0" : "=r"(*word), "=@ccc"(given));
        else __asm__ volatile("rdrand %0" : "=r"(*word), "=@ccc"(given));
        if (given) return true;
        __asm__ volatile("pause");
    }
    return false;
}
