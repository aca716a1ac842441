/* The stack of the image: a window of 8 MiB that is mapped as it is used, with nothing below. */

#include "shim.h"

bool stack_holds(u64 address) {
    return address < STACK_TOP && address >= STACK_TOP - STACK_LIMIT;
}

bool stack_is_below(u64 address) {
    return address < STACK_TOP - STACK_LIMIT && address >= STACK_TOP - 2 * STACK_LIMIT;
}

bool stack_grow(u64 address) {
    if (!stack_holds(address)) return false;
    u64 page = pages_take(1);
    return page && pages_map(address & ~(PAGE_SIZE - 1), page, PAGE_WRITE | PAGE_NO_EXECUTE);
}
