/*
 * What wasm-rt.h asks for, in a Linux process. As in runtime/xen/memory.c, a memory is a window of 8 GiB of which only the
 * grown part is accessible, the first one where images have theirs, and as in stack.c the stack has 8 MiB and nothing below
 * it: a stray access is a SIGSEGV.
 */

#define _GNU_SOURCE
#include "linux-rt.h"
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

#define WASM_PAGE 65536ul
#define MAX_PAGES 65536ul
#define WINDOW_SIZE (8ul << 30)
#define WINDOWS 256ul
#define STACK_SIZE (8ul << 20)
/* The largest frame that is still known as one when it runs over the stack's end. */
#define STACK_GUARD (8ul << 20)

/* As MEMORY_WINDOW of shim.h; further windows follow. */
uint8_t *const wasm_rt_window = (uint8_t *)0x8000000000ul;
static uint8_t *stack;
static unsigned long windows_used;
static sigjmp_buf caller;

static void fail(const char *what) {
    perror(what);
    exit(2);
}

static uint8_t *reserve(uint8_t *address, size_t size) {
    uint8_t *start = mmap(address, size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (start == MAP_FAILED || (address && start != address)) fail("mmap");
    return start;
}

static bool make_accessible(uint8_t *start, size_t size) {
    return size == 0 || mprotect(start, size, PROT_READ | PROT_WRITE) == 0;
}

void wasm_rt_trap(wasm_rt_trap_t trap) {
    siglongjmp(caller, trap);
}

static void on_fault(int number, siginfo_t *info, void *context) {
    (void)context;
    uint8_t *address = info->si_addr;
    if (address >= wasm_rt_window && address < wasm_rt_window + WINDOWS * WINDOW_SIZE) wasm_rt_trap(WASM_RT_TRAP_OOB);
    if (address >= stack && address < stack + STACK_GUARD) wasm_rt_trap(WASM_RT_TRAP_EXHAUSTION);
    /* The access happens again, and ends the process. */
    signal(number, SIG_DFL);
}

static void *on_stack(void *work) {
    static char handler_stack[1 << 16];
    if (sigaltstack(&(stack_t){.ss_sp = handler_stack, .ss_size = sizeof handler_stack}, NULL)) fail("sigaltstack");
    ((void (*)(void))work)();
    return NULL;
}

void linux_rt_run(void (*work)(void)) {
    reserve(wasm_rt_window, WINDOWS * WINDOW_SIZE);
    stack = reserve(NULL, STACK_GUARD + STACK_SIZE);
    if (!make_accessible(stack + STACK_GUARD, STACK_SIZE)) fail("mprotect");
    /* The handler is left by a jump, so its signal must not stay blocked. */
    struct sigaction action = {.sa_sigaction = on_fault, .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER};
    if (sigaction(SIGSEGV, &action, NULL)) fail("sigaction");
    pthread_attr_t attributes;
    pthread_t thread;
    pthread_attr_init(&attributes);
    if (pthread_attr_setstack(&attributes, stack + STACK_GUARD, STACK_SIZE)) fail("pthread_attr_setstack");
    if (pthread_create(&thread, &attributes, on_stack, (void *)work)) fail("pthread_create");
    pthread_join(thread, NULL);
}

wasm_rt_trap_t linux_rt_call(void (*function)(void)) {
    wasm_rt_trap_t trap = sigsetjmp(caller, 0);
    if (trap == WASM_RT_TRAP_NONE) function();
    return trap;
}

bool wasm_rt_is_initialized(void) {
    return true;
}

void wasm_rt_allocate_memory(wasm_rt_memory_t *memory, uint64_t pages, uint64_t max_pages, bool is64, uint32_t page_size) {
    if (is64 || page_size != WASM_PAGE || windows_used == WINDOWS) fail("a memory that is not supported");
    uint8_t *data = wasm_rt_window + windows_used++ * WINDOW_SIZE;
    if (!make_accessible(data, pages * WASM_PAGE)) fail("mprotect");
    *memory = (wasm_rt_memory_t){data, pages, max_pages < MAX_PAGES ? max_pages : MAX_PAGES, pages * WASM_PAGE, false, page_size};
}

uint64_t wasm_rt_grow_memory(wasm_rt_memory_t *memory, uint64_t delta) {
    uint64_t old = memory->pages;
    if (delta > memory->max_pages - old || !make_accessible(memory->data + memory->size, delta * WASM_PAGE)) return UINT32_MAX;
    memory->pages += delta;
    memory->size = memory->pages * WASM_PAGE;
    return old;
}

void wasm_rt_free_memory(wasm_rt_memory_t *memory) {
    (void)memory;
}

#define TABLE(kind)                                                                                                    \
    void wasm_rt_allocate_##kind##_table(wasm_rt_##kind##_table_t *table, uint32_t size, uint32_t max_size) {          \
        *table = (wasm_rt_##kind##_table_t){calloc(size + 1ul, sizeof *table->data), max_size, size};                  \
    }                                                                                                                  \
    void wasm_rt_free_##kind##_table(wasm_rt_##kind##_table_t *table) {                                                \
        free(table->data);                                                                                             \
    }                                                                                                                  \
    uint32_t wasm_rt_grow_##kind##_table(wasm_rt_##kind##_table_t *table, uint32_t delta, wasm_rt_##kind##_t init) {   \
        uint64_t size = (uint64_t)table->size + delta;                                                                 \
        wasm_rt_##kind##_t *data = size > table->max_size ? NULL : realloc(table->data, (size + 1) * sizeof init);     \
        if (!data) return UINT32_MAX;                                                                                  \
        for (uint64_t i = table->size; i < size; i++) data[i] = init;                                                  \
        uint32_t old = table->size;                                                                                    \
        table->data = data;                                                                                            \
        table->size = (uint32_t)size;                                                                                  \
        return old;                                                                                                    \
    }
TABLE(funcref)
TABLE(externref)
