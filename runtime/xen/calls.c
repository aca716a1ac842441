/*
 * The calls in progress. Code keeps no frame pointers, so these are all words on the stack that may be return addresses;
 * which ones are is concluded from mir-NAME.debug (compiler/symbols/xen-calls.ts).
 */

#include "shim.h"

enum { IN_LINE = 4, LINES = 16 };

void calls_log(u64 rip, u64 rsp) {
    u64 slot = rsp < STACK_TOP - STACK_LIMIT ? STACK_TOP - STACK_LIMIT : (rsp + 7) & ~7ul;
    for (unsigned lines = 0; lines < LINES && slot < STACK_TOP; lines++) {
        u64 at[IN_LINE] = {0}, word[IN_LINE] = {0};
        for (unsigned found = 0; found < IN_LINE && slot < STACK_TOP; slot += sizeof slot) {
            u64 value = *(const u64 *)slot;
            if (value < (u64)text_begin || value >= (u64)text_end) continue;
            at[found] = slot - rsp;
            word[found++] = value;
        }
        log_line("stack %x:%x %x:%x %x:%x %x:%x", at[0], word[0], at[1], word[1], at[2], word[2], at[3], word[3]);
    }
    log_line("at %x", rip);
}
