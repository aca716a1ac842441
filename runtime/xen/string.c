/* The functions of string.h that the compiler calls of its own accord. */

#include "string.h"

void *memcpy(void *to, const void *from, size_t size) {
    void *start = to;
    __asm__ volatile("rep movsb" : "+D"(to), "+S"(from), "+c"(size)::"memory");
    return start;
}

void *memset(void *to, int byte, size_t size) {
    void *start = to;
    __asm__ volatile("rep stosb" : "+D"(to), "+c"(size) : "a"(byte) : "memory");
    return start;
}

void *memmove(void *to, const void *from, size_t size) {
    char *target = to;
    const char *source = from;
    if (target <= source || target >= source + size) return memcpy(to, from, size);
    while (size >= 8) {
        size -= 8;
        __builtin_memcpy(target + size, source + size, 8);
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
