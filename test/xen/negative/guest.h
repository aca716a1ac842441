/* A guest without an image: the shim alone, and one forbidden thing to do. */

#include "shim.h"

const char image_name[] = "negative", image_version[] = "0";
const u8 image_digest[32];

u32 image_realloc(u32 align, u32 size) {
    (void)align, (void)size;
    panic("no image");
}

const bool image_takes_shutdown = false;

void image_shutdown(void) {
}
