/* The shim, a noun a file. Addresses of memory are physical where they are u64, and pointers one to one with them. */
#ifndef SHIM_H
#define SHIM_H

#include <stdbool.h>
#include <stddef.h>
#include "string.h"
#include "xen.h"

#define NORETURN __attribute__((noreturn))
#define READ_ONCE(x) (*(volatile __typeof__(x) *)&(x))
#define barrier() __asm__ volatile("" ::: "memory")

/* boot.S */
extern u64 pml4[512], pdpt[512], pd[4][512], gdt[], entry_ticks;
void call_on_stack(void (*function)(void *), void *argument, char *stack_top);

/* image.lds */
extern char text_begin[], text_end[], rodata_end[], image_end[];

/* image.c, made with the image: who it is. */
extern const char image_name[], image_version[];
extern const u8 image_digest[32];
/* Runs the image: 0 or 1, its result. */
u32 image_run(void);
/* The image's cabi_realloc for a new block; traps when the image has none. */
u32 image_realloc(u32 align, u32 size);
/* The `length` bytes at `address` of the image's memory; traps when they are not all there. */
void *image_bytes(u32 address, u64 length);

/* hypervisor.c: what Xen tells this domain, and its end. */
void hypervisor_init(void);
u64 hypervisor_param(u32 index);
NORETURN void hypervisor_shutdown(unsigned reason);

/* log.c: lines of the boot log, and the last one. Formats: %s, %c, %u (u64), %x (u64). */
void log_line(const char *format, ...);
/* Ends the domain as crashed. */
NORETURN void panic(const char *format, ...);

/* pages.c: physical memory and the page tables. */
#define PAGE_PRESENT 1ul
#define PAGE_WRITE 2ul
#define PAGE_NO_EXECUTE (1ul << 63)
void pages_init(const struct hvm_start_info *info);

u64 pages_left(void);
/* All of the domain's RAM, in bytes. */
u64 pages_ram(void);
/* `count` zeroed pages in a row, or 0. */
u64 pages_take(u64 count);
/* False when no page is left for a table. */
bool pages_map(u64 virtual, u64 physical, u64 flags);

/* traps.c, vectors.S: exceptions. */
void traps_init(void);

/* calls.c: says what led to `rip`, where the stack pointer is `rsp`. */
void calls_log(u64 rip, u64 rsp);

/* stack.c: the stack of the image, which grows as it is used. */
#define STACK_TOP 0x10000000000ul
#define STACK_LIMIT (8ul << 20)
/* Whether `address` is in the stack, or just below it. */
bool stack_holds(u64 address);
/* Maps the page at `address`. False: the stack has its limit, or memory has ended. */
bool stack_grow(u64 address);

/* memory.c: the image's linear memory. */
#define MEMORY_WINDOW 0x8000000000ul
#define MEMORY_WINDOW_SIZE (8ul << 30)
/* Pages that it leaves free, for the stack. */
#define MEMORY_RESERVE 32

/* events.c: event channels. */
void events_init(void);
/* Clears a channel's event; returns whether there was one. */
bool events_take(u32 port);
void events_notify(u32 port);
/* Blocks the domain until one of the ports has an event or the time comes. */
void events_wait(const u32 *ports, u32 count, u64 deadline);

/* time.c: nanoseconds since the domain started, and since 1970. */
#define NEVER (~0ul)
void time_init(const struct shared_info *shared);
u64 time_now(void);
u64 time_wall(void);
u64 time_ticks(void);
/* The host's uptime at a time of ours. */
u64 time_of_host(u64 time);

/* chacha.c: a block of the key stream. */
void chacha20_block(const u32 key[8], const u32 counter_and_nonce[4], u32 block[16]);

/* entropy.c: what the processor has, and a word of it; false when it does not answer. */
enum entropy { ENTROPY_NONE, ENTROPY_RDRAND, ENTROPY_RDSEED };
enum entropy entropy_source(void);
bool entropy_word(enum entropy source, u64 *word);

/* generator.c: random bytes, fit for keys. Ends the domain when there is nothing to begin with. */
void random_bytes(void *bytes, u64 count);

/* console.c: the PV console. */
void console_init(void);
/* Bytes pass as they are, line ends too. */
void console_set_raw(void);
void console_write(const char *bytes, size_t count);
/* Bytes that were there, up to `room`; -1 at the end of input (Ctrl-D). */
long console_read(char *bytes, size_t room);
bool console_readable(void);
/* Waits up to a second for the reader. */
void console_drain(void);
extern u32 console_port;

/* xenstore.c */
void xenstore_init(void);
/* Looks for news: a request to shut down ends the domain. */
void xenstore_poll(void);
extern u32 xenstore_port;

/* arguments.c: `extra` of the domain's configuration. */
void arguments_init(char *line);
/* How many the image gets behind argument 0; each and its end follow the one before. */
u32 arguments_count(void);
const char *arguments_first(void);

#endif
