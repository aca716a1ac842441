#include "guest.h"
#include "wasi/wasi.h"
#include "wasm-rt.h"

WASI(void, cli_terminal_stdin_get_terminal_stdin, u32 result);
WASI(void, cli_terminal_stdout_get_terminal_stdout, u32 result);
WASI(void, cli_terminal_stderr_get_terminal_stderr, u32 result);
WASI(void, cli_environment_initial_cwd, u32 result);
WASI(void, cli_environment_get_environment, u32 result);
WASI(void, filesystem_preopens_get_directories, u32 result);

enum { RESULT = 64, BEFORE = 0x7f7f7f7f };

/* What a program finds when it looks around: options that are none, and empty lists. */
u32 image_run(void) {
    static wasm_rt_memory_t memory;
    void (*const options[])(struct w2c_wasi *, u32) = {w2c_wasi_cli_terminal_stdin_get_terminal_stdin, w2c_wasi_cli_terminal_stdout_get_terminal_stdout,
                                                       w2c_wasi_cli_terminal_stderr_get_terminal_stderr, w2c_wasi_cli_environment_initial_cwd};
    void (*const lists[])(struct w2c_wasi *, u32) = {w2c_wasi_cli_environment_get_environment, w2c_wasi_filesystem_preopens_get_directories};
    u32 wrong = 0;
    wasm_rt_allocate_memory(&memory, 1, 1, false, 65536);
    const u32 *result = image_bytes(RESULT, 8);
    for (u32 i = 0; i < sizeof options / sizeof *options; i++) {
        put_u32(RESULT, BEFORE);
        options[i](0, RESULT);
        wrong += (result[0] & 0xff) != 0;
    }
    for (u32 i = 0; i < sizeof lists / sizeof *lists; i++) {
        put_u32(RESULT, BEFORE);
        put_u32(RESULT + 4, BEFORE);
        lists[i](0, RESULT);
        wrong += result[0] == BEFORE || result[1] != 0;
    }
    return wrong;
}
