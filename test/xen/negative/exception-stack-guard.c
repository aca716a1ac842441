#include "guest.h"

u32 image_run(void) {
    *(volatile char *)&stacks[1].guard[PAGE_SIZE - 1] = 0;
    return 0;
}
