#include "guest.h"

static char code[] = {(char)0xc3};

u32 image_run(void) {
    ((void (*)(void))code)();
    return 0;
}
