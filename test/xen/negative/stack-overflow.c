#include "guest.h"

static u32 deeper(volatile char *above) {
    volatile char here[256];
    here[0] = above[0];
    return deeper(here) + here[0];
}

u32 image_run(void) {
    volatile char here = 0;
    return deeper(&here);
}
