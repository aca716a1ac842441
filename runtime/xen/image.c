/*
 * The image between the code that wasm2c made of it (image-module.c) and the shim. image-info.h, made with it, says
 * IMAGE_NAME, IMAGE_VERSION, IMAGE_DIGEST, IMAGE_NOTE, and whether it has imports and exports
 * cabi_realloc and shutdown.
 */

#include "shim.h"
#include "image-module.h"
#include "image-info.h"

const char image_name[] = IMAGE_NAME, image_version[] = IMAGE_VERSION;
const u8 image_digest[32] = {IMAGE_DIGEST};

/* What `mirage-wasm query image` reads. */
static const struct {
    u32 name_size, size, type;
    char name[8], text[(sizeof IMAGE_NOTE + 3) & ~3ul];
} note __attribute__((section(".note.mirage"), aligned(4), used)) = {7, sizeof IMAGE_NOTE - 1, 1, "mirage", IMAGE_NOTE};

static w2c_image instance;

u32 image_run(void) {
#if IMAGE_IMPORTS
    wasm2c_image_instantiate(&instance, 0);
#else
    wasm2c_image_instantiate(&instance);
#endif
    return w2c_image_run(&instance);
}

u32 image_realloc(u32 align, u32 size) {
#if IMAGE_REALLOC
    return w2c_image_cabi_realloc(&instance, 0, 0, align, size);
#else
    (void)align, (void)size;
    panic("the image has no cabi_realloc");
#endif
}

const bool image_takes_shutdown = IMAGE_SHUTDOWN;

void image_shutdown(void) {
#if IMAGE_SHUTDOWN
    w2c_image_shutdown(&instance);
#endif
}
