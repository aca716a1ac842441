/* wasi:io/streams and error. What a stream is of says what it does (struct input, struct output). */

#include "wasi.h"

/* variant stream-error { last-operation-failed(error), closed } */
enum { LAST_OPERATION_FAILED, CLOSED };

u32 input_new(const struct input *input, u32 value) {
    u32 handle = handle_new(INPUT, value);
    handle_find(handle, 1u << INPUT)->input = input;
    return handle;
}

u32 output_new(const struct output *output, u32 value) {
    u32 handle = handle_new(OUTPUT, value);
    handle_find(handle, 1u << OUTPUT)->output = output;
    return handle;
}

static struct handle *find(u32 stream, enum handle_kind kind) {
    struct handle *found = handle_find(stream, 1u << kind);
    if (!found) wasm_trap("unknown handle of a stream");
    return found;
}

/* What a stream says in place of a count; at `payload`, where the other case has its own. */
static void put_error(u32 result, u32 payload, long why) {
    put_u8(result, 1);
    put_u8(result + payload, why == STREAM_CLOSED ? CLOSED : LAST_OPERATION_FAILED);
    if (why != STREAM_CLOSED) put_u32(result + payload + 4, handle_new(STREAM_ERROR, 0));
}

/* result<list<u8>, stream-error> */
static void read(u32 stream, u64 length, u32 result) {
    const struct handle *of = find(stream, INPUT);
    const void *bytes;
    long count = of->input->read((u32)of->value, length, &bytes);
    if (count < 0) return put_error(result, 4, count);
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
    const struct handle *of = find(stream, INPUT);
    return handle_when(of->input->ready, (u32)of->value);
}

WASI(void, io_streams_input_stream_blocking_read, u32 stream, u64 length, u32 result) {
    const struct handle *of = find(stream, INPUT);
    u32 input = handle_when(of->input->ready, (u32)of->value);
    pollable_block(input);
    handle_drop(input);
    read(stream, length, result);
}

WASI(void, io_streams_drop_input_stream, u32 stream) {
    const struct handle *of = find(stream, INPUT);
    of->input->drop((u32)of->value);
    handle_drop(stream);
}

WASI(void, io_streams_output_stream_check_write, u32 stream, u32 result) {
    const struct handle *of = find(stream, OUTPUT);
    long room = of->output->room((u32)of->value);
    if (room < 0) return put_error(result, 8, room);
    put_u8(result, 0);
    put_u64(result + 8, (u64)room);
}

/* result<_, stream-error>: what check-write has not permitted is a trap. */
static void write(u32 stream, u32 data, u32 length, u32 result) {
    const struct handle *of = find(stream, OUTPUT);
    const void *bytes = image_bytes(data, length);
    long room = of->output->room((u32)of->value);
    if (room < 0) return put_error(result, 4, room);
    of->output->write((u32)of->value, bytes, length);
    put_u8(result, 0);
}

WASI(void, io_streams_output_stream_write, u32 stream, u32 data, u32 length, u32 result) {
    write(stream, data, length, result);
}

/* Waits until it takes something. */
static void block(u32 stream) {
    const struct handle *of = find(stream, OUTPUT);
    u32 output = handle_when(of->output->ready, (u32)of->value);
    pollable_block(output);
    handle_drop(output);
}

WASI(void, io_streams_output_stream_blocking_write_and_flush, u32 stream, u32 data, u32 length, u32 result) {
    do {
        const struct handle *of = find(stream, OUTPUT);
        long room = of->output->room((u32)of->value);
        if (room == 0 && length) {
            block(stream);
            continue;
        }
        u32 count = room < 0 || length < room ? length : (u32)room;
        write(stream, data, count, result);
        if (room < 0) return;
        data += count;
        length -= count;
    } while (length);
}

/* What is written is on its way. */
static void flush(u32 stream, u32 result) {
    const struct handle *of = find(stream, OUTPUT);
    long room = of->output->room((u32)of->value);
    if (room < 0) put_error(result, 4, room);
    else put_u8(result, 0);
}

WASI(void, io_streams_output_stream_flush, u32 stream, u32 result) {
    flush(stream, result);
}

WASI(void, io_streams_output_stream_blocking_flush, u32 stream, u32 result) {
    flush(stream, result);
}

WASI(u32, io_streams_output_stream_subscribe, u32 stream) {
    const struct handle *of = find(stream, OUTPUT);
    return handle_when(of->output->ready, (u32)of->value);
}

WASI(void, io_streams_drop_output_stream, u32 stream) {
    const struct handle *of = find(stream, OUTPUT);
    of->output->drop((u32)of->value);
    handle_drop(stream);
}

WASI(void, io_error_drop_error, u32 error) {
    if (!handle_find(error, 1u << STREAM_ERROR)) wasm_trap("unknown handle of an error");
    handle_drop(error);
}
