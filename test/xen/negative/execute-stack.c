#include "guest.h"

u32 image_run(void) {
    volatile char code[] = {(char)0xc3};
    ((void (*)(void))code)();
    return 0;
}
