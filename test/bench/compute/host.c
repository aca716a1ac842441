/* An image in a Linux process: the WASI calls that job.ts makes, on top of linux-rt.c. */

#include "linux-rt.h"
#include "image-module.h"
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define WASI(type, name, ...) type w2c_wasi_##name(struct w2c_wasi *host, ##__VA_ARGS__)

static w2c_image image;

WASI(u32, cli_stdout_get_stdout) {
    return 1;
}

WASI(u32, cli_stderr_get_stderr) {
    return 2;
}

WASI(u64, clocks_monotonic_clock_now) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (u64)time.tv_sec * 1000000000 + (u64)time.tv_nsec;
}

WASI(void, io_streams_output_stream_blocking_write_and_flush, u32 stream, u32 bytes, u32 length, u32 result) {
    fwrite(image.w2c_M0.data + bytes, 1, length, stream == 1 ? stdout : stderr);
    image.w2c_M0.data[result] = 0;
}

static void call(void) {
    wasm2c_image_instantiate(&image, NULL);
    if (w2c_image_run(&image)) exit(1);
}

static void run(void) {
    wasm_rt_trap_t trap = linux_rt_call(call);
    if (trap == WASM_RT_TRAP_NONE) return;
    fprintf(stderr, "trap %d\n", trap);
    exit(1);
}

int main(void) {
    linux_rt_run(run);
    return 0;
}
