// A component of wasi:http in C without a library, by the canonical ABI: the least that a host can be given.

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define HTTP "wasi:http/types@0.2.0"
#define STREAMS "wasi:io/streams@0.2.0"
#define IMPORT(module, name) __attribute__((import_module(module), import_name(name)))

IMPORT(HTTP, "[constructor]fields") int32_t fields_new(void);
IMPORT(HTTP, "[method]fields.append") void fields_append(int32_t fields, const char *name, size_t name_size, const char *value, size_t size, void *result);
IMPORT(HTTP, "[constructor]outgoing-response") int32_t response_new(int32_t fields);
IMPORT(HTTP, "[method]outgoing-response.body") void response_body(int32_t response, void *result);
IMPORT(HTTP, "[static]response-outparam.set") void respond(int32_t out, int32_t failed, int32_t response, int32_t a, int64_t b, int32_t c, int32_t d, int32_t e, int32_t f);
IMPORT(HTTP, "[method]outgoing-body.write") void body_write(int32_t body, void *result);
IMPORT(HTTP, "[static]outgoing-body.finish") void body_finish(int32_t body, int32_t has_trailers, int32_t trailers, void *result);
IMPORT(HTTP, "[resource-drop]incoming-request") void request_drop(int32_t request);
IMPORT(STREAMS, "[method]output-stream.blocking-write-and-flush") void stream_write(int32_t stream, const char *bytes, size_t size, void *result);
IMPORT(STREAMS, "[resource-drop]output-stream") void stream_drop(int32_t stream);

static char heap[65536];
static size_t top;

__attribute__((export_name("cabi_realloc"))) void *cabi_realloc(void *old, size_t old_size, size_t align, size_t size) {
    top = (top + align - 1) & ~(align - 1);
    void *block = heap + top;
    top += size;
    if (old) memcpy(block, old, old_size);
    return block;
}

__attribute__((export_name("wasi:http/incoming-handler@0.2.0#handle"))) void handle(int32_t request, int32_t out) {
    static _Alignas(8) char result[64];
    top = 0;
    int32_t fields = fields_new();
    fields_append(fields, "content-type", 12, "text/plain; charset=utf-8", 25, result);
    fields_append(fields, "content-length", 14, "6", 1, result);
    int32_t response = response_new(fields);
    response_body(response, result);
    int32_t body = *(int32_t *)(result + 4);
    respond(out, 0, response, 0, 0, 0, 0, 0, 0);
    body_write(body, result);
    int32_t stream = *(int32_t *)(result + 4);
    stream_write(stream, "hello\n", 6, result);
    stream_drop(stream);
    body_finish(body, 0, 0, result);
    request_drop(request);
}
