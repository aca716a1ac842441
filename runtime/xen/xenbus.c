/* A device's front end in xenstore: the keys in its folder, and those in its back end's. */

#include "xenbus.h"

enum { LONGEST_PATH = 256 };

/* FOLDER/KEY, or 0 when it is too long. */
static const char *path_of(const char *folder, const char *key) {
    static char path[LONGEST_PATH];
    u64 length = strlen(folder), more = strlen(key);
    if (length + more + 2 > sizeof path) return 0;
    memcpy(path, folder, length);
    path[length] = '/';
    memcpy(path + length + 1, key, more + 1);
    return path;
}

const char *xenbus_read(const char *folder, const char *key) {
    const char *path = path_of(folder, key);
    return path ? xenstore_read(path) : 0;
}

u64 xenbus_number(const char *folder, const char *key, u64 most, u64 otherwise) {
    const char *text = xenbus_read(folder, key);
    if (!text || !*text) return otherwise;
    u64 value = 0;
    for (; *text; text++) {
        if (*text < '0' || *text > '9') return otherwise;
        value = value * 10 + (u64)(*text - '0');
        if (value > most) return otherwise;
    }
    return value;
}

void xenbus_write(const char *folder, const char *key, u32 value) {
    char digits[11] = {0}, *first = digits + sizeof digits - 1;
    do *--first = (char)('0' + value % 10);
    while (value /= 10);
    const char *path = path_of(folder, key);
    if (path) xenstore_write(path, first);
}

void xenbus_watch(const char *folder, const char *key, void (*changed)(void)) {
    const char *path = path_of(folder, key);
    if (path) xenstore_watch(path, changed);
}
