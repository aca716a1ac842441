/*
 * Physical memory, handed out page by page and never taken back, and the page tables: RAM one to one, with the shim's
 * code read-only, its constants and everything else never executable, page 0 not mapped.
 */

#include "shim.h"

#define LARGE_PAGE (2ul << 20)
#define PAGE_LARGE 0x80ul
/* The map of 512 GiB is one page table; memory beyond is left alone. */
#define LIMIT (512ul << 30)
#define ADDRESS(entry) ((entry) & 0x000ffffffffff000ul)
#define ROUND_UP(value, unit) (((value) + (unit) - 1) & ~((unit) - 1))

struct range {
    u64 start, end;
};

/* RAM that is free, in pages, ascending: low pages are mapped before those that are mapped by means of them. Those in use
 * (the shim, what Xen left for it to read) are cut out. */
static struct range ranges[16];
static unsigned count;
static u64 ram;

static void add(u64 start, u64 end) {
    start = ROUND_UP(start, PAGE_SIZE);
    end &= ~(PAGE_SIZE - 1);
    if (start >= end || count == sizeof ranges / sizeof *ranges) return;
    unsigned place = count++;
    for (; place && ranges[place - 1].start > start; place--) ranges[place] = ranges[place - 1];
    ranges[place] = (struct range){start, end};
}

static void cut(u64 start, u64 size) {
    u64 end = ROUND_UP(start + size, PAGE_SIZE);
    start &= ~(PAGE_SIZE - 1);
    for (unsigned i = 0; i < count; i++) {
        struct range whole = ranges[i];
        if (end <= whole.start || start >= whole.end) continue;
        ranges[i].end = start > whole.start ? start : whole.start;
        add(end, whole.end);
    }
}

u64 pages_ram(void) {
    return ram;
}

u64 pages_left(void) {
    u64 left = 0;
    for (unsigned i = 0; i < count; i++) left += (ranges[i].end - ranges[i].start) / PAGE_SIZE;
    return left;
}

u64 pages_take(u64 wanted) {
    for (unsigned i = 0; i < count; i++) {
        if ((ranges[i].end - ranges[i].start) / PAGE_SIZE < wanted) continue;
        u64 start = ranges[i].start;
        ranges[i].start += wanted * PAGE_SIZE;
        memset((void *)start, 0, wanted * PAGE_SIZE);
        return start;
    }
    return 0;
}

/* The table that an entry refers to, made when there is none. */
static u64 *table(u64 *entry) {
    if (!(*entry & PAGE_PRESENT)) {
        u64 page = pages_take(1);
        if (!page) return 0;
        *entry = page | PAGE_WRITE | PAGE_PRESENT;
    }
    return (u64 *)ADDRESS(*entry);
}

bool pages_map(u64 virtual, u64 physical, u64 flags) {
    u64 *entries = pml4;
    for (int shift = 39; shift > 12; shift -= 9) {
        entries = table(&entries[virtual >> shift & 511]);
        if (!entries) return false;
    }
    entries[virtual >> 12 & 511] = physical | flags | PAGE_PRESENT;
    __asm__ volatile("invlpg (%0)" ::"r"(virtual) : "memory");
    return true;
}

/* Pages of 2 MiB from `start` to `end`; the first 4 GiB have their tables from boot.S. */
static void map_large(u64 start, u64 end) {
    for (u64 at = start; at < end; at += LARGE_PAGE) {
        u64 *directory = table(&pdpt[at >> 30]);
        if (!directory) panic("too little memory: %u MiB", ram >> 20);
        directory[at >> 21 & 511] = at | PAGE_LARGE | PAGE_NO_EXECUTE | PAGE_WRITE | PAGE_PRESENT;
    }
}

static bool is_guard(u64 page) {
    u64 offset = page - (u64)stacks;
    return offset < sizeof stacks && offset % sizeof *stacks == 0;
}

/* Splits a large page, to give its parts rights of their own. */
static void map_small(u64 large) {
    u64 page = pages_take(1);
    if (!page) panic("too little memory: %u MiB", ram >> 20);
    u64 *entries = (u64 *)page;
    for (unsigned i = 0; i < 512; i++) {
        u64 at = large + i * PAGE_SIZE;
        u64 rights = PAGE_NO_EXECUTE | PAGE_WRITE | PAGE_PRESENT;
        if (at >= 0x100000 && at < (u64)text_end) rights = PAGE_PRESENT;
        else if (at >= (u64)text_end && at < (u64)rodata_end) rights = PAGE_NO_EXECUTE | PAGE_PRESENT;
        entries[i] = at == 0 || is_guard(at) ? 0 : at | rights;
    }
    pd[0][large >> 21] = page | PAGE_WRITE | PAGE_PRESENT;
}

void pages_init(const struct hvm_start_info *info) {
    const struct hvm_memmap_table_entry *map = (void *)info->memmap_paddr;
    u64 top = 4ul << 30;
    if (info->version < 1) panic("Xen gives no memory map");
    for (u32 i = 0; i < info->memmap_entries; i++) {
        if (map[i].type != XEN_HVM_MEMMAP_TYPE_RAM) continue;
        u64 end = map[i].addr + map[i].size;
        if (end > LIMIT) end = LIMIT;
        if (end <= map[i].addr) continue;
        ram += end - map[i].addr;
        add(map[i].addr, end);
        if (end > top) top = end;
    }
    cut(0, PAGE_SIZE);
    cut(0x100000, (u64)image_end - 0x100000);
    cut((u64)info, sizeof *info);
    cut(info->memmap_paddr, info->memmap_entries * sizeof *map);
    if (info->cmdline_paddr) cut(info->cmdline_paddr, strlen((char *)info->cmdline_paddr) + 1);
    /* This code runs in what map_small splits: at no time may that be without the right to execute. */
    u64 split = ROUND_UP((u64)image_end, LARGE_PAGE);
    for (u64 at = 0; at < split; at += LARGE_PAGE) map_small(at);
    map_large(split, top);
    __asm__ volatile("mov %0, %%cr3" ::"r"(pml4) : "memory");
}
