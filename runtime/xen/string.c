/* The functions of string.h that the compiler calls of its own accord. In units of 8 bytes where they can be: an
 * emulated processor takes each unit of a rep as an instruction of its own. */

#include "string.h"

#define UNIT 8

void *memcpy(void *to, const void *from, size_t size) {
    void *start = to;
    size_t units = size / UNIT, rest = size % UNIT;
    __asm__ volatile("rep movsq" : "+D"(to), "+S"(from), "+c"(units)::"memory");
    __asm__ volatile("rep movsb" : "+D"(to), "+S"(from), "+c"(rest)::"memory");
    return start;
}

void *memset(void *to, int byte, size_t size) {
    void *start = to;
    size_t units = size / UNIT, rest = size % UNIT;
    unsigned long pattern = (unsigned char)byte * 0x0101010101010101ul;
    __asm__ volatile("rep stosq" : "+D"(to), "+c"(units) : "a"(pattern) : "memory");
    __asm__ volatile("rep stosb" : "+D"(to), "+c"(rest) : "a"(pattern) : "memory");
    return start;
}

void *memmove(void *to, const void *from, size_t size) {
    char *target = to;
    const char *source = from;
    if (target <= source || target >= source + size) return memcpy(to, from, size);
    while (size >= UNIT) {
        size -= UNIT;
        __builtin_memcpy(target + size, source + size, UNIT);
    }
    while (size--) target[size] = source[size];
    return to;
}

int memcmp(const void *left, const void *right, size_t size) {
    const unsigned char *a = left, *b = right;
    for (; size--; a++, b++)
        if (*a != *b) return *a - *b;
    return 0;
}

size_t strlen(const char *text) {
    size_t length = 0;
    while (text[length]) length++;
    return length;
}

int strcmp(const char *left, const char *right) {
    while (*left && *left == *right) left++, right++;
    return (unsigned char)*left - (unsigned char)*right;
}
