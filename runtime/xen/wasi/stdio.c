/* The console's streams. They do not fail. */

#include "wasi.h"

static long read(u32 unused, u64 most, const void **bytes) {
    static char taken[1024];
    (void)unused;
    *bytes = taken;
    return console_read(taken, most < sizeof taken ? most : sizeof taken);
}

static bool has_input(u32 unused) {
    (void)unused;
    return console_readable();
}

/* However much: the console waits for its reader. */
static long room(u32 unused) {
    (void)unused;
    return 4096;
}

static void write(u32 unused, const void *bytes, u32 length) {
    (void)unused;
    console_write(bytes, length);
    shutdown_tell();
}

static bool always(u32 unused) {
    (void)unused;
    return true;
}

static void drop(u32 unused) {
    (void)unused;
}

static const struct input input = {read, has_input, drop};
static const struct output output = {room, write, always, drop};

WASI(u32, cli_stdin_get_stdin) {
    return input_new(&input, 0);
}

WASI(u32, cli_stdout_get_stdout) {
    return output_new(&output, 0);
}

WASI(u32, cli_stderr_get_stderr) {
    return output_new(&output, 0);
}
