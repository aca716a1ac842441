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
/* Of the boot, and of exceptions: each has a page below it that is not mapped. */
extern struct small_stack {
    char guard[PAGE_SIZE], bytes[2 * PAGE_SIZE];
} stacks[3];
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

/* Whether the image wants to be told of a shutdown, and how it is. */
extern const bool image_takes_shutdown;
void image_shutdown(void);

/* hypervisor.c: what Xen tells this domain, and what it is told at the end. */
void hypervisor_init(void);
u64 hypervisor_param(u32 index);
NORETURN void hypervisor_shutdown(unsigned reason);

/* log.c: lines of the boot log, and the last one. Formats: %s, %c, %u (u64), %x (u64). */
void log_line(const char *format, ...);
/* Ends the domain as crashed, for a reason that is not the image's code. */
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
/* A trap of WebAssembly's in the caller, which goes on at `rip` with its stack at `rsp`: its cause and the registers, and
 * the domain has crashed. */
NORETURN void trap_raise(const char *cause, const void *rip, const void *rsp);
#define wasm_trap(cause) trap_raise(cause, __builtin_return_address(0), __builtin_dwarf_cfa())

/* calls.c: says what led to `rip`, where the stack pointer is `rsp`. */
void calls_log(u64 rip, u64 rsp);

/* stack.c: the stack of the image, which grows as it is used. */
#define STACK_TOP 0x10000000000ul
#define STACK_LIMIT (8ul << 20)
bool stack_holds(u64 address);
/* Whether `address` is where a stack that has its limit goes on. */
bool stack_is_below(u64 address);
/* Maps the page at `address`. False: the stack has its limit, or memory has ended. */
bool stack_grow(u64 address);

/* memory.c: the linear memories of the image and of the sockets. */
#define MEMORY_WINDOW 0x8000000000ul
#define SECOND_MEMORY_WINDOW 0x9000000000ul
#define MEMORY_WINDOW_SIZE (8ul << 30)
/* Pages that it leaves free, for the stack. */
#define MEMORY_RESERVE 32

/* events.c: event channels. */
void events_init(void);
/* One more channel whose events end a wait. */
void events_listen(u32 port);
/* A channel that a domain may bind to, listened to; 0 when there is none left. */
u32 events_new(u16 domain);
void events_end(u32 port);
void events_notify(u32 port);
/* Before looking at what is waited for. */
void events_clear(void);
/* Blocks the domain until there has been an event since events_clear, or the time comes. */
void events_wait(u64 deadline);
/* No wait is longer than until then. */
void events_alarm(u64 time);

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
/* From here on a reader who takes nothing for a second is gone, and the rest is dropped. */
void console_give_up(void);
/* Waits until the reader has all. */
void console_drain(void);

/* grants.c: a page that another domain may use. 0: there is no grant left. */
u32 grant_give(u16 domain, u64 page, bool read_only);
/* False: the other domain still has the page, and the grant stays. */
bool grant_take_back(u32 grant);

/* xenstore.c */
void xenstore_init(void);
/* The value, until the next request; 0 when there is none. */
const char *xenstore_read(const char *path);
void xenstore_write(const char *path, const char *value);
/* From now on `changed` is called when what is at `path` changes, and once before. */
void xenstore_watch(const char *path, void (*changed)(void));
/* Looks for news, and calls those who watch. */
void xenstore_poll(void);

/* shutdown.c: the domain's end. */
/* From here on the tool stack is heard. */
void shutdown_init(void);
/* From here on nothing is asked of anybody; the last lines of the log follow. */
void shutdown_begin(void);
NORETURN void shutdown_crashed(void);
/* As the tool stack wishes, if it does: powered off, or for a reboot. `main` has ended like that, with that code. */
NORETURN void shutdown_in_order(const char *how, u32 code);
/* Before the last line of a log that ends in order, `said` is called. */
void shutdown_report(void (*said)(void));
/* What the image has left to do when it has ended by itself is done by `last`, which ends before long. */
void shutdown_after(void (*last)(void));
/* In a wait of any kind: a request ends the domain here when the image is not to be told, or was and takes its time. */
void shutdown_look(void);
/* The same in a call of the image's; true when it has been told just now. */
bool shutdown_tell(void);

/* arguments.c: `extra` of the domain's configuration. */
void arguments_init(char *line);
/* How many the image gets behind argument 0; each and its end follow the one before. */
u32 arguments_count(void);
const char *arguments_first(void);
/* The keys of the network's, each `KEY=VALUE` with its end: the next one behind `last`, the first for 0, or 0. */
const char *arguments_next_key(const char *last);

#endif
