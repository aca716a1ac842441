/* The kernels of job.ts in C, line by line: each one's name, its result and the nanoseconds of its fastest round. */

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#define ROUNDS 5
#define SIZE (1 << 20)

static uint8_t message[SIZE];

static void fill(void) {
    for (int i = 0; i < SIZE; i++) message[i] = (uint8_t)(i * 31 + (i >> 8));
}

static const uint32_t K[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3,
    0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
    0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208,
    0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};
static uint32_t schedule[64], state[8];

static uint32_t rotr(uint32_t value, int count) {
    return value >> count | value << (32 - count);
}

static void block(const uint8_t *start) {
    for (int i = 0; i < 16; i++) {
        uint32_t word;
        memcpy(&word, start + 4 * i, 4);
        schedule[i] = __builtin_bswap32(word);
    }
    for (int i = 16; i < 64; i++) {
        uint32_t early = schedule[i - 15], late = schedule[i - 2];
        uint32_t s0 = rotr(early, 7) ^ rotr(early, 18) ^ early >> 3;
        uint32_t s1 = rotr(late, 17) ^ rotr(late, 19) ^ late >> 10;
        schedule[i] = schedule[i - 16] + s0 + schedule[i - 7] + s1;
    }
    uint32_t a = state[0], b = state[1], c = state[2], d = state[3], e = state[4], f = state[5], g = state[6], h = state[7];
    for (int i = 0; i < 64; i++) {
        uint32_t s1 = rotr(e, 6) ^ rotr(e, 11) ^ rotr(e, 25);
        uint32_t t1 = h + s1 + ((e & f) ^ (~e & g)) + K[i] + schedule[i];
        uint32_t s0 = rotr(a, 2) ^ rotr(a, 13) ^ rotr(a, 22);
        uint32_t t2 = s0 + ((a & b) ^ (a & c) ^ (b & c));
        h = g, g = f, f = e, e = d + t1, d = c, c = b, b = a, a = t1 + t2;
    }
    state[0] += a, state[1] += b, state[2] += c, state[3] += d, state[4] += e, state[5] += f, state[6] += g, state[7] += h;
}

static uint64_t sha256(void) {
    fill();
    for (int i = 0; i < 8; i++) state[i] = K[i] ^ 0x5a5a5a5a;
    for (int i = 0; i < 32; i++)
        for (int at = 0; at < SIZE; at += 64) block(message + at);
    return (uint64_t)state[0] << 32 | state[7];
}

static uint64_t crc32(void) {
    static uint32_t table[256];
    for (uint32_t i = 0; i < 256; i++) {
        uint32_t entry = i;
        for (int bit = 0; bit < 8; bit++) entry = entry & 1 ? entry >> 1 ^ 0xedb88320 : entry >> 1;
        table[i] = entry;
    }
    fill();
    uint32_t crc = 0xffffffff;
    for (int repeat = 0; repeat < 64; repeat++)
        for (int i = 0; i < SIZE; i++) crc = table[(crc ^ message[i]) & 0xff] ^ crc >> 8;
    return (uint32_t)~crc;
}

#define SOLAR_MASS (4.0 * M_PI * M_PI)
#define DAYS 365.24

struct body {
    double x, y, z, vx, vy, vz, mass;
};

static void advance(struct body *bodies, double step) {
    for (int i = 0; i < 5; i++) {
        struct body *one = &bodies[i];
        for (int j = i + 1; j < 5; j++) {
            struct body *other = &bodies[j];
            double dx = one->x - other->x, dy = one->y - other->y, dz = one->z - other->z;
            double square = dx * dx + dy * dy + dz * dz, force = step / (square * sqrt(square));
            one->vx -= dx * other->mass * force;
            one->vy -= dy * other->mass * force;
            one->vz -= dz * other->mass * force;
            other->vx += dx * one->mass * force;
            other->vy += dy * one->mass * force;
            other->vz += dz * one->mass * force;
        }
    }
    for (int i = 0; i < 5; i++) {
        bodies[i].x += step * bodies[i].vx;
        bodies[i].y += step * bodies[i].vy;
        bodies[i].z += step * bodies[i].vz;
    }
}

static uint64_t nbody(void) {
    struct body bodies[] = {
        {0, 0, 0, 0, 0, 0, SOLAR_MASS},
        {4.84143144246472, -1.16032004402743, -0.103622044471123, 0.00166007664274404 * DAYS, 0.00769901118419741 * DAYS, -0.0000690460016972063 * DAYS, 0.000954791938424327 * SOLAR_MASS},
        {8.34336671824458, 4.1247985641243, -0.403523417114321, -0.0027674251072687 * DAYS, 0.00499852801234917 * DAYS, 0.0000230417297573764 * DAYS, 0.000285885980666131 * SOLAR_MASS},
        {12.8943695621391, -15.1111514016986, -0.223307578892656, 0.00296460137564762 * DAYS, 0.0023784717395948 * DAYS, -0.0000296589568540238 * DAYS, 0.0000436624404335156 * SOLAR_MASS},
        {15.3796971148509, -25.9193146099879, 0.179258772950371, 0.00268067772490389 * DAYS, 0.00162824170038242 * DAYS, -0.000095159225451972 * DAYS, 0.0000515138902046611 * SOLAR_MASS},
    };
    for (int i = 0; i < 2000000; i++) advance(bodies, 0.01);
    uint64_t bits;
    memcpy(&bits, &bodies[1].x, 8);
    return bits;
}

static uint64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000000000 + (uint64_t)time.tv_nsec;
}

static void measure(const char *name, uint64_t (*kernel)(void)) {
    uint64_t best = UINT64_MAX, result = 0;
    for (int i = 0; i < ROUNDS; i++) {
        uint64_t start = now();
        result = kernel();
        uint64_t taken = now() - start;
        if (taken < best) best = taken;
    }
    printf("%s %llu %llu\n", name, (unsigned long long)result, (unsigned long long)best);
}

int main(void) {
    measure("sha256", sha256);
    measure("crc32", crc32);
    measure("nbody", nbody);
    return 0;
}
