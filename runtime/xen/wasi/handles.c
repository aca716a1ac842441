/* The image's handles: one table for streams and pollables, in a window that is mapped as it grows. */

#include "wasi.h"

#define HANDLE_WINDOW 0xa000000000ul
#define PER_PAGE (PAGE_SIZE / sizeof *table)
_Static_assert(PAGE_SIZE % sizeof(struct handle) == 0, "a handle lies in one page");
/* Handle 1 is the first. */
static struct handle *const table = (struct handle *)HANDLE_WINDOW;

/* Handles that were given back, the last one first, and those that ever were. */
static u32 free_list;
static u32 used;

u32 handle_new(enum handle_kind kind, u64 value) {
    u32 handle = free_list;
    if (handle) free_list = table[handle - 1].next;
    else {
        if (used % PER_PAGE == 0) {
            u64 page = pages_take(1);
            if (!page || !pages_map((u64)&table[used], page, PAGE_WRITE | PAGE_NO_EXECUTE)) panic("too little memory for more than %u handles", (u64)used);
        }
        handle = ++used;
    }
    table[handle - 1] = (struct handle){.value = value, .kind = kind};
    return handle;
}

u32 handle_when(bool (*ready)(u32 value), u32 value) {
    u32 handle = handle_new(WHEN_READY, value);
    table[handle - 1].ready = ready;
    return handle;
}

struct handle *handle_find(u32 handle, u32 kinds) {
    if (handle == 0 || handle > used) return 0;
    struct handle *found = &table[handle - 1];
    return kinds >> found->kind & 1 ? found : 0;
}

void handle_drop(u32 handle) {
    table[handle - 1] = (struct handle){.kind = FREE, .next = free_list};
    free_list = handle;
}
