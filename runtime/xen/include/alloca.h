/* wasm2c includes this header and needs nothing of it. */
#define alloca __builtin_alloca
