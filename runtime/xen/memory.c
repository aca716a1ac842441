/* The linear memories and tables of modules: what wasm-rt.h asks for. Memory grows until the domain's has ended. */

#include "shim.h"
#include "wasm-rt.h"

#define WASM_PAGE 65536ul
/* The most that 32-bit addresses reach, in pages. */
#define MAX_PAGES 65536ul

uint8_t *const wasm_rt_window = (uint8_t *)MEMORY_WINDOW;
uint8_t *const wasm_rt_second_window = (uint8_t *)SECOND_MEMORY_WINDOW;

/* The image's, then that of the sockets (sockets.c), in the order in which they begin. */
static struct memory {
    wasm_rt_memory_t *memory;
    u64 window;
    /* Mapped bytes of the window. */
    u64 mapped;
} memories[] = {{.window = MEMORY_WINDOW}, {.window = SECOND_MEMORY_WINDOW}};

static const char *const traps[] = {
    [WASM_RT_TRAP_OOB] = "out of bounds memory access",
    [WASM_RT_TRAP_INT_OVERFLOW] = "integer overflow",
    [WASM_RT_TRAP_DIV_BY_ZERO] = "integer divide by zero",
    [WASM_RT_TRAP_INVALID_CONVERSION] = "invalid conversion to integer",
    [WASM_RT_TRAP_UNREACHABLE] = "wasm `unreachable` instruction executed",
    [WASM_RT_TRAP_CALL_INDIRECT] = "indirect call type mismatch, or of no function",
    [WASM_RT_TRAP_NULL_REF] = "null reference",
    [WASM_RT_TRAP_EXHAUSTION] = "call stack exhausted",
};

void wasm_rt_trap(wasm_rt_trap_t trap) {
    wasm_trap(traps[trap]);
}

bool wasm_rt_is_initialized(void) {
    return true;
}

/* Maps up to `size` bytes. False, and nothing is, when that many pages and their tables are not left. */
static bool map(struct memory *one, u64 size) {
    u64 pages = (size - one->mapped) / PAGE_SIZE;
    if (pages + pages / 512 + 4 + MEMORY_RESERVE > pages_left()) return false;
    for (; one->mapped < size; one->mapped += PAGE_SIZE) {
        u64 page = pages_take(1);
        if (!page || !pages_map(one->window + one->mapped, page, PAGE_WRITE | PAGE_NO_EXECUTE)) return false;
    }
    return true;
}

void wasm_rt_allocate_memory(wasm_rt_memory_t *new, uint64_t pages, uint64_t max_pages, bool is64, uint32_t page_size) {
    struct memory *one = &memories[memories[0].memory != 0];
    if (is64 || page_size != WASM_PAGE || one->memory) panic("the image's memory is of a kind that is not supported");
    if (!map(one, pages * WASM_PAGE)) {
        panic("too little memory: the image begins with %u kB, and of %u kB are %u free", pages * (WASM_PAGE >> 10), pages_ram() >> 10, pages_left() * (PAGE_SIZE >> 10));
    }
    one->memory = new;
    *new = (wasm_rt_memory_t){(uint8_t *)one->window, pages, max_pages < MAX_PAGES ? max_pages : MAX_PAGES, pages * WASM_PAGE, false, page_size};
}

uint64_t wasm_rt_grow_memory(wasm_rt_memory_t *grown, uint64_t delta) {
    u64 old = grown->pages;
    if (delta > grown->max_pages - old || !map(&memories[grown != memories[0].memory], (old + delta) * WASM_PAGE)) return UINT32_MAX;
    grown->pages += delta;
    grown->size = grown->pages * WASM_PAGE;
    return old;
}

void wasm_rt_free_memory(wasm_rt_memory_t *freed) {
    (void)freed;
}

static void *bytes_of(const wasm_rt_memory_t *memory, u32 address, u64 length) {
    if (!memory || address + length > memory->size) wasm_rt_trap(WASM_RT_TRAP_OOB);
    return memory->data + address;
}

void *image_bytes(u32 address, u64 length) {
    return bytes_of(memories[0].memory, address, length);
}

void *sockets_bytes(u32 address, u64 length) {
    return bytes_of(memories[1].memory, address, length);
}

static void *take_table(u64 bytes) {
    u64 pages = pages_take((bytes + PAGE_SIZE - 1) / PAGE_SIZE);
    if (bytes && !pages) panic("too little memory for a table of %u bytes", bytes);
    return (void *)pages;
}

/* A table that grows is copied, and its old pages are lost: images do not grow theirs, hand-written modules may. */
#define TABLE(kind) \
    void wasm_rt_allocate_##kind##_table(wasm_rt_##kind##_table_t *table, uint32_t size, uint32_t max_size) { \
        *table = (wasm_rt_##kind##_table_t){take_table(size * sizeof *table->data), max_size, size}; \
    } \
    void wasm_rt_free_##kind##_table(wasm_rt_##kind##_table_t *table) { \
        (void)table; \
    } \
    uint32_t wasm_rt_grow_##kind##_table(wasm_rt_##kind##_table_t *table, uint32_t delta, wasm_rt_##kind##_t init) { \
        u64 size = (u64)table->size + delta; \
        if (size > table->max_size) return UINT32_MAX; \
        wasm_rt_##kind##_t *data = (void *)pages_take((size * sizeof init + PAGE_SIZE - 1) / PAGE_SIZE); \
        if (size && !data) return UINT32_MAX; \
        memcpy(data, table->data, table->size * sizeof init); \
        for (u64 i = table->size; i < size; i++) data[i] = init; \
        uint32_t old = table->size; \
        table->data = data; \
        table->size = (u32)size; \
        return old; \
    }
TABLE(funcref)
TABLE(externref)
