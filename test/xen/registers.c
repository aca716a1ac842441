/* In dom0: a vector register keeps its value while other processes and guests run, until there is a file `ended`. */

#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

int main(void) {
    for (uint64_t round = 1; access("ended", F_OK); round++) {
        uint64_t left = 1000000, after;
        __asm__ volatile("movq %2, %%xmm0\n1: dec %1\njnz 1b\nmovq %%xmm0, %0" : "=r"(after), "+r"(left) : "r"(round) : "xmm0", "cc");
        if (after != round) return printf("%lx has become %lx\n", round, after), 1;
    }
    puts("kept");
}
