// A job in C against the kernel's ABI (docs/abi.md).

#define KERNEL(name) __attribute__((import_module("kernel"), import_name(#name)))

KERNEL(stdout_write) int stdout_write(const char *data, unsigned length);
KERNEL(clock_monotonic) long long clock_monotonic(void);
KERNEL(wait) unsigned wait(long long deadline, unsigned *pollables, unsigned count, unsigned *ready);

__attribute__((export_name("main"))) int run(void) {
  const char text[] = "hello from C\n";
  long long start = clock_monotonic();
  wait(start + 10000000, 0, 0, 0);
  if (clock_monotonic() < start + 10000000) return 1;
  stdout_write(text, sizeof text - 1);
  return 5;
}
