/* wasm2c asserts nothing that can fail. */
#define assert(condition) ((void)0)
