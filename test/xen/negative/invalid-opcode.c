#include "guest.h"

u32 image_run(void) {
    __asm__ volatile("ud2");
    return 0;
}
