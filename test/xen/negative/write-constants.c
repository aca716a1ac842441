#include "guest.h"

u32 image_run(void) {
    *(volatile char *)image_name = 'x';
    return 0;
}
