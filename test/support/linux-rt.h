/* Code that wasm2c made, as a Linux process: wasm-rt.h's functions, and calls whose traps come back. */
#ifndef LINUX_RT_H
#define LINUX_RT_H
#include "wasm-rt.h"

/* Runs main's work on a stack of 8 MiB that ends in unmapped pages, as the shim's does. */
void linux_rt_run(void (*work)(void));
/* Calls the function; returns the trap that ended it. */
wasm_rt_trap_t linux_rt_call(void (*function)(void));
#endif
