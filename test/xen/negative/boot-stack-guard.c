#include "guest.h"

u32 image_run(void) {
    *(volatile char *)&stacks[0].guard[PAGE_SIZE - 1] = 0;
    return 0;
}
