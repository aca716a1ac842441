/* wasi:io/streams and error: the console's streams are all there are, and they do not fail. */

#include "wasi.h"

/* variant stream-error { last-operation-failed(error), closed } */
enum { CLOSED = 1 };

#define INPUTS (1u << STDIN)
#define OUTPUTS (1u << STDOUT | 1u << STDERR)

static bool has_input(u32 unused) {
    (void)unused;
    return console_readable();
}

static bool always(u32 unused) {
    (void)unused;
    return true;
}

static void check(u32 stream, u32 kinds) {
    if (!handle_find(stream, kinds)) wasm_trap("unknown handle of a stream");
}

static void write(u32 stream, u32 data, u32 length) {
    check(stream, OUTPUTS);
    console_write(image_bytes(data, length), length);
    shutdown_tell();
}

/* result<list<u8>, stream-error> */
static void read(u32 stream, u64 length, u32 result) {
    static char bytes[1024];
    check(stream, INPUTS);
    long count = console_read(bytes, length < sizeof bytes ? length : sizeof bytes);
    if (count < 0) {
        put_u8(result, 1);
        put_u8(result + 4, CLOSED);
        return;
    }
    u32 list = image_realloc(1, (u32)count);
    memcpy(image_bytes(list, (u64)count), bytes, (size_t)count);
    put_u8(result, 0);
    put_u32(result + 4, list);
    put_u32(result + 8, (u32)count);
}

WASI(void, io_streams_input_stream_read, u32 stream, u64 length, u32 result) {
    read(stream, length, result);
}

WASI(u32, io_streams_input_stream_subscribe, u32 stream) {
    check(stream, INPUTS);
    return handle_when(has_input, 0);
}

WASI(void, io_streams_input_stream_blocking_read, u32 stream, u64 length, u32 result) {
    check(stream, INPUTS);
    u32 input = handle_when(has_input, 0);
    pollable_block(input);
    handle_drop(input);
    read(stream, length, result);
}

WASI(void, io_streams_drop_input_stream, u32 stream) {
    check(stream, INPUTS);
    handle_drop(stream);
}

/* Writes take all they are given, however much: the console waits for its reader. */
WASI(void, io_streams_output_stream_check_write, u32 stream, u32 result) {
    check(stream, OUTPUTS);
    put_u8(result, 0);
    put_u64(result + 8, 4096);
}

WASI(void, io_streams_output_stream_write, u32 stream, u32 data, u32 length, u32 result) {
    write(stream, data, length);
    put_u8(result, 0);
}

WASI(void, io_streams_output_stream_blocking_write_and_flush, u32 stream, u32 data, u32 length, u32 result) {
    write(stream, data, length);
    put_u8(result, 0);
}

WASI(void, io_streams_output_stream_flush, u32 stream, u32 result) {
    check(stream, OUTPUTS);
    put_u8(result, 0);
}

WASI(void, io_streams_output_stream_blocking_flush, u32 stream, u32 result) {
    check(stream, OUTPUTS);
    put_u8(result, 0);
}

WASI(u32, io_streams_output_stream_subscribe, u32 stream) {
    check(stream, OUTPUTS);
    return handle_when(always, 0);
}

WASI(void, io_streams_drop_output_stream, u32 stream) {
    check(stream, OUTPUTS);
    handle_drop(stream);
}

/* No call here returns an error, so none can be dropped. */
WASI(void, io_error_drop_error, u32 error) {
    (void)error;
    wasm_trap("unknown handle of an error");
}
