/* The block function of ChaCha20 (RFC 8439, section 2.3). Words are little-endian, as the processor's. */

#include "shim.h"

static u32 rotate(u32 word, unsigned bits) {
    return word << bits | word >> (32 - bits);
}

static void quarter_round(u32 *a, u32 *b, u32 *c, u32 *d) {
    *a += *b, *d = rotate(*d ^ *a, 16);
    *c += *d, *b = rotate(*b ^ *c, 12);
    *a += *b, *d = rotate(*d ^ *a, 8);
    *c += *d, *b = rotate(*b ^ *c, 7);
}

void chacha20_block(const u32 key[8], const u32 counter_and_nonce[4], u32 block[16]) {
    /* "expand 32-byte k" */
    u32 state[16] = {0x61707865, 0x3320646e, 0x79622d32, 0x6b206574}, *x = block;
    memcpy(state + 4, key, 32);
    memcpy(state + 12, counter_and_nonce, 16);
    memcpy(x, state, sizeof state);
    for (unsigned round = 0; round < 20; round += 2) {
        for (unsigned i = 0; i < 4; i++) quarter_round(x + i, x + 4 + i, x + 8 + i, x + 12 + i);
        for (unsigned i = 0; i < 4; i++) quarter_round(x + i, x + 4 + (i + 1) % 4, x + 8 + (i + 2) % 4, x + 12 + (i + 3) % 4);
    }
    for (unsigned i = 0; i < 16; i++) x[i] += state[i];
    /* The key does not stay on the stack: this is no built-in function, so the call is made. */
    memset(state, 0, sizeof state);
}
