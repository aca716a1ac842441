/* Exceptions: the stack's growing is mended; anything else ends the domain with its cause and the registers. */

#include "shim.h"

struct frame {
    u64 r15, r14, r13, r12, r11, r10, r9, r8, rbp, rdi, rsi, rdx, rcx, rbx, rax;
    u64 vector, error;
    u64 rip, cs, rflags, rsp, ss;
};

struct gate {
    u16 offset_low, selector;
    u8 stack, type;
    u16 offset_middle;
    u32 offset_high, zero;
};

struct task_state {
    u32 reserved;
    u64 rsp[3], reserved1, stacks[7], reserved2;
    u16 reserved3, io_map;
} __attribute__((packed));

enum { DOUBLE_FAULT = 8, PAGE_FAULT = 14, VECTORS = 32 };
/* Of a page fault's error code. */
enum { PRESENT = 1, WRITE = 2, FETCH = 16 };
enum { CODE_SELECTOR = 0x08, TASK_SELECTOR = 0x18 };

extern char trap_vectors[];
#define VECTOR_SIZE 16

static struct gate gates[VECTORS];
static struct task_state task;

static const char *const names[VECTORS] = {
    [0] = "divide error", [1] = "debug", [2] = "NMI", [3] = "breakpoint", [4] = "overflow", [5] = "bound range",
    [6] = "invalid opcode", [7] = "device not available", [8] = "double fault", [10] = "invalid TSS",
    [11] = "segment not present", [12] = "stack segment fault", [13] = "general protection fault", [14] = "page fault",
    [16] = "x87 error", [17] = "alignment check", [18] = "machine check", [19] = "SIMD error",
};

/* What an access to `address` was, in the words of the specification where it was the image's. */
static const char *cause(const struct frame *frame, u64 address) {
    if (frame->error & FETCH) return "page fault: data was executed";
    if (address - MEMORY_WINDOW < MEMORY_WINDOW_SIZE || address - SECOND_MEMORY_WINDOW < MEMORY_WINDOW_SIZE) return "wasm trap: out of bounds memory access";
    if (stack_is_below(address)) return "wasm trap: call stack exhausted";
    if (stack_holds(address)) return "too little memory for the stack";
    if (address < PAGE_SIZE) return "page fault: the null page was used";
    if (frame->error & PRESENT && frame->error & WRITE) return "page fault: read-only memory was written";
    return "page fault: nothing is there";
}

void trap(const struct frame *frame) {
    static bool busy;
    u64 address = 0, rip = frame->rip, rsp = frame->rsp;
    /* A fault in what follows, on this very stack: there are no words left. */
    if (busy) hypervisor_shutdown(SHUTDOWN_crash);
    busy = true;
    if (frame->vector == PAGE_FAULT) {
        __asm__ volatile("mov %%cr2, %0" : "=r"(address));
        if (!(frame->error & (PRESENT | FETCH)) && stack_grow(address)) {
            busy = false;
            return;
        }
    }
    shutdown_begin();
    if (rip == (u64)trap_raise) {
        log_line("wasm trap: %s", frame->rdi);
        rip = frame->rsi - 1;
        rsp = frame->rdx;
    } else if (frame->vector == PAGE_FAULT) log_line("%s", cause(frame, address));
    else log_line("exception %u: %s", frame->vector, frame->vector < VECTORS && names[frame->vector] ? names[frame->vector] : "unknown");
    log_line("address %x error %x rip %x rsp %x rflags %x", address, frame->error, rip, rsp, frame->rflags);
    log_line("rax %x rbx %x rcx %x rdx %x", frame->rax, frame->rbx, frame->rcx, frame->rdx);
    log_line("rsi %x rdi %x rbp %x r8 %x", frame->rsi, frame->rdi, frame->rbp, frame->r8);
    log_line("r9 %x r10 %x r11 %x r12 %x", frame->r9, frame->r10, frame->r11, frame->r12);
    log_line("r13 %x r14 %x r15 %x", frame->r13, frame->r14, frame->r15);
    if (stack_holds(rsp)) calls_log(rip, rsp);
    shutdown_crashed();
}

void traps_init(void) {
    for (unsigned i = 0; i < VECTORS; i++) {
        u64 offset = (u64)trap_vectors + i * VECTOR_SIZE;
        gates[i] = (struct gate){
            .offset_low = (u16)offset,
            .selector = CODE_SELECTOR,
            .stack = i == DOUBLE_FAULT ? 2 : 1,
            .type = 0x8e,
            .offset_middle = (u16)(offset >> 16),
            .offset_high = (u32)(offset >> 32),
        };
    }
    /* One for a fault in the image or the shim, one for a fault of the first one's. */
    for (unsigned i = 0; i < 2; i++) task.stacks[i] = (u64)(&stacks[1 + i] + 1);
    task.io_map = sizeof task;
    u64 base = (u64)&task;
    gdt[TASK_SELECTOR / 8] = (sizeof task - 1) | (base & 0xffffff) << 16 | 0x89ul << 40 | (base >> 24 & 0xff) << 56;
    gdt[TASK_SELECTOR / 8 + 1] = base >> 32;
    struct {
        u16 limit;
        u64 base;
    } __attribute__((packed)) pointer = {sizeof gates - 1, (u64)gates};
    __asm__ volatile("lidt %0; ltr %w1" ::"m"(pointer), "r"(TASK_SELECTOR));
}
