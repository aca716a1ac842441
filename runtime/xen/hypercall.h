/* Hypercalls, through the page of stubs that Xen wrote into hypercall_page (boot.S). Errors are negative. */
#ifndef HYPERCALL_H
#define HYPERCALL_H

#include "xen.h"

extern char hypercall_page[];

static inline long hypercall(unsigned number, u64 first, u64 second) {
    long result;
    register char *stub __asm__("r11") = hypercall_page + 32 * number;
    __asm__ volatile("call *%[stub]" : "=a"(result), "+D"(first), "+S"(second), [stub] "+r"(stub)::"rcx", "rdx", "r8", "r9", "r10", "memory");
    return result;
}

#endif
