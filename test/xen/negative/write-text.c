#include "guest.h"

u32 image_run(void) {
    *(volatile char *)image_run = 0;
    return 0;
}
