/* wasi:cli and what a program finds when it looks around: no environment, no directories, no terminals. */

#include "wasi.h"

/* option<own<terminal-input>>: a console is no terminal that could be asked for its size. */
WASI(void, cli_terminal_stdin_get_terminal_stdin, u32 result) {
    put_u8(result, 0);
}

WASI(void, cli_terminal_stdout_get_terminal_stdout, u32 result) {
    put_u8(result, 0);
}

WASI(void, cli_terminal_stderr_get_terminal_stderr, u32 result) {
    put_u8(result, 0);
}

static void put_empty_list(u32 result) {
    put_u32(result, 4);
    put_u32(result + 4, 0);
}

WASI(void, cli_environment_get_environment, u32 result) {
    put_empty_list(result);
}

WASI(void, filesystem_preopens_get_directories, u32 result) {
    put_empty_list(result);
}

WASI(void, cli_environment_initial_cwd, u32 result) {
    put_u8(result, 0);
}

/* A string in UTF-16, which images are encoded with: pointer and units at `place`. Bytes that are no UTF-8 are U+FFFD. */
static void put_string(u32 place, const char *text) {
    u64 length = strlen(text);
    u32 string = image_realloc(2, (u32)(2 * length)), units = 0;
    u16 *out = image_bytes(string, 2 * length);
    const u8 *in = (const u8 *)text, *end = in + length;
    while (in < end) {
        u32 first = *in++;
        unsigned more = first < 0x80 ? 0 : first >= 0xc2 && first < 0xe0 ? 1 : first >= 0xe0 && first < 0xf0 ? 2 : first >= 0xf0 && first < 0xf5 ? 3 : 4;
        u32 point = more == 0 ? first : first & (0x3f >> more);
        unsigned seen = 0;
        while (seen < more && more < 4 && in + seen < end && (in[seen] & 0xc0) == 0x80) point = point << 6 | (in[seen++] & 0x3f);
        bool valid = more < 4 && seen == more && !(more == 2 && (point < 0x800 || point - 0xd800 < 0x800)) && !(more == 3 && point - 0x10000 >= 0x100000);
        if (valid) in += more;
        else point = 0xfffd;
        if (point >= 0x10000) {
            out[units++] = (u16)(0xd7c0 + (point >> 10));
            out[units++] = (u16)(0xdc00 | (point & 0x3ff));
        } else out[units++] = (u16)point;
    }
    put_u32(place, string);
    put_u32(place + 4, units);
}

WASI(void, cli_environment_get_arguments, u32 result) {
    u32 count = arguments_count() + 1;
    u32 list = image_realloc(4, 8 * count);
    const char *word = arguments_first();
    put_string(list, image_name);
    for (u32 i = 1; i < count; i++, word += strlen(word) + 1) put_string(list + 8 * i, word);
    put_u32(result, list);
    put_u32(result + 4, count);
}

WASI(void, cli_exit_exit, u32 failed) {
    shutdown_in_order("exited with", failed != 0);
}

WASI(void, cli_exit_exit_with_code, u32 code) {
    shutdown_in_order("exited with", code & 0xff);
}
