#include "guest.h"

u32 image_run(void) {
    return *(volatile u32 *)8;
}
