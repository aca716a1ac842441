// A job in another language: a core module that imports the kernel's calls (runtime/abi.ts) and exports `main`.
#define KERNEL(name) __attribute__((import_module("kernel"), import_name(#name)))

typedef unsigned short unit;

KERNEL(stdout_line) int stdout_line(const unit *units, unsigned count);
KERNEL(stdout_write) int stdout_write(const void *data, unsigned length);
KERNEL(stdin_read) int stdin_read(void *data, unsigned length);
KERNEL(stdin_pollable) int stdin_pollable(void);
KERNEL(pollable_drop) void pollable_drop(int pollable);
KERNEL(clock_monotonic) long long clock_monotonic(void);
KERNEL(wait) unsigned wait(long long deadline, int *pollables, unsigned count, unsigned *ready);

#define MILLISECOND 1000000

static void say(const unit *text) {
  unsigned count = 0;
  while (text[count]) count++;
  stdout_line(text, count);
}

static const unit *const lines[] = {u"hello from C", u"größer als 😀"};
static unsigned copied;
static char buffer[65536];

/** Copies standard input to standard output. */
static void copy(void) {
  int waiting[2] = {stdin_pollable()};
  unsigned ready[2];
  for (;;) {
    int count = stdin_read(buffer, sizeof buffer);
    if (count < 0) break;
    if (count == 0) wait(0x7fffffffffffffff, waiting, 1, ready);
    copied += count;
    stdout_write(buffer, count);
  }
  pollable_drop(waiting[0]);
}

__attribute__((export_name("main"))) int run(void) {
  for (unsigned i = 0; i < sizeof lines / sizeof *lines; i++) say(lines[i]);
  long long before = clock_monotonic();
  wait(before + 20 * MILLISECOND, 0, 0, 0);
  say(clock_monotonic() - before >= 20 * MILLISECOND ? u"20 ms later" : u"WOKE TOO EARLY");
  copy();
  return copied == 14 ? 0 : 1;
}
