/*
 * The shim's generator in a Linux process: `block` answers each line of a key and of counter and nonce by its block,
 * `generate SOURCE ANSWER SIZE…` prints pieces of its output; without FAKE_ENTROPY, words of the SOURCES that are named. ANSWER is of the fake
 * source: "count" gives 1, 2, 3 …, "stuck" always 7, "silent" nothing, "once" counts until the generator is seeded.
 */

#include <stdio.h>
#include <stdlib.h>
#include "shim.h"

#ifdef FAKE_ENTROPY
static enum entropy fake_source;
static const char *answer;
static u64 asked, moments;

enum entropy entropy_source(void) {
    return fake_source;
}

bool entropy_word(enum entropy source, u64 *word) {
    asked++;
    if (source != fake_source || !strcmp(answer, "silent")) return false;
    if (!strcmp(answer, "once") && asked > (source == ENTROPY_RDSEED ? 8 : 1024)) return false;
    *word = strcmp(answer, "stuck") ? asked : 7;
    return true;
}

u64 time_ticks(void) {
    return 1000 + moments++;
}

NORETURN void panic(const char *format, ...) {
    puts(format);
    exit(1);
}
#endif

static void print(const void *bytes, u64 count) {
    for (u64 i = 0; i < count; i++) printf("%02x", ((const u8 *)bytes)[i]);
    puts("");
}

int main(int count, char **arguments) {
#ifdef FAKE_ENTROPY
    if (!strcmp(arguments[1], "block")) {
        u32 input[12], block[16];
        unsigned byte;
        for (unsigned at = 0; scanf("%2x", &byte) == 1;) {
            ((u8 *)input)[at++] = (u8)byte;
            if (at < sizeof input) continue;
            chacha20_block(input, input + 8, block);
            print(block, sizeof block);
            at = 0;
        }
        return 0;
    }
    fake_source = (enum entropy)atoi(arguments[2]);
    answer = arguments[3];
    for (int i = 4; i < count; i++) {
        static u8 bytes[1 << 16];
        u64 size = strtoul(arguments[i], 0, 10);
        random_bytes(bytes, size);
        print(bytes, size);
    }
#else
    u64 word = 0;
    printf("%d\n", entropy_source());
    for (int i = 1; i < count; i++) {
        if (!entropy_word((enum entropy)atoi(arguments[i]), &word)) return 1;
        print(&word, sizeof word);
    }
#endif
}
