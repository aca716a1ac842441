/* wasi:random. The calls for what need not be safe have the same generator. */

#include "wasi.h"

static u64 random_u64(void) {
    u64 word;
    random_bytes(&word, sizeof word);
    return word;
}

static void put_random_list(u64 length, u32 result) {
    if (length > UINT32_MAX) panic("wasm trap: a list of %u bytes", length);
    u32 list = image_realloc(1, (u32)length);
    random_bytes(image_bytes(list, length), length);
    put_u32(result, list);
    put_u32(result + 4, (u32)length);
}

WASI(void, random_random_get_random_bytes, u64 length, u32 result) {
    put_random_list(length, result);
}

WASI(u64, random_random_get_random_u64) {
    return random_u64();
}

WASI(void, random_insecure_get_insecure_random_bytes, u64 length, u32 result) {
    put_random_list(length, result);
}

WASI(u64, random_insecure_get_insecure_random_u64) {
    return random_u64();
}

/* tuple<u64, u64> */
WASI(void, random_insecure_seed_insecure_seed, u32 result) {
    put_u64(result, random_u64());
    put_u64(result + 8, random_u64());
}
