/*
 * Random bytes: ChaCha20 with fast key erasure (D. J. Bernstein, 2017). Of every run of blocks the first bytes are the next
 * key, so that nobody who sees this memory can tell what was given out before. Each key is used once: for a run, or to
 * take in what is new.
 */

#include "shim.h"

#define RUN 16
#define KEY_WORDS 8
static u32 key[KEY_WORDS];
static union {
    u32 blocks[RUN][16];
    u8 bytes[RUN * 64];
} pool;
/* First byte of the pool that was not given out; the key's are none. */
static u64 next = sizeof pool;

static enum entropy source;

/* The key becomes one that depends on it, on a word of the processor and on the moment, by a block of ChaCha20. */
static void take_in(u64 word) {
    u64 input[2] = {word, time_ticks()};
    u32 block[16], counter_and_nonce[4];
    memcpy(counter_and_nonce, input, sizeof input);
    chacha20_block(key, counter_and_nonce, block);
    memcpy(key, block, sizeof key);
}

/* What it takes to begin. RDRAND's own generator is seeded anew after 511 of its outputs of 128 bits at the latest. */
static void seed(void) {
    source = entropy_source();
    if (source == ENTROPY_NONE) panic("no randomness: the processor has neither RDSEED nor RDRAND, or the domain's cpuid hides them");
    u64 before = 0, word;
    for (unsigned words = source == ENTROPY_RDSEED ? 8 : 1024; words; words--, before = word) {
        if (!entropy_word(source, &word)) panic("no randomness: the processor's source does not answer");
        /* As some processors' does after they slept. */
        if (word == before) panic("no randomness: the processor's source is stuck at %x", word);
        take_in(word);
    }
}

/* A source that fails now makes nothing worse: the key is secret still. */
static void refill(void) {
    if (source == ENTROPY_NONE) seed();
    for (unsigned words = 0; words < 4; words++) {
        u64 word = 0;
        entropy_word(source, &word);
        take_in(word);
    }
    for (u32 i = 0; i < RUN; i++) chacha20_block(key, (u32[4]){i}, pool.blocks[i]);
    memcpy(key, pool.bytes, sizeof key);
    next = sizeof key;
}

void random_bytes(void *bytes, u64 count) {
    u8 *to = bytes;
    while (count) {
        if (next == sizeof pool) refill();
        u64 part = sizeof pool - next < count ? sizeof pool - next : count;
        memcpy(to, pool.bytes + next, part);
        memset(pool.bytes + next, 0, part);
        next += part, to += part, count -= part;
    }
}
