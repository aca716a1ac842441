// What the generated main.ts is made of.

import "./globals";

export { app_start } from "./abi";
export { commandLine } from "./command-line";
export { threads } from "./link";
export { addJob, endJob, exitCode, isBoot, run, Thread } from "./scheduler";
export { spawn, Task } from "./thread";

/** An object of a class that has no fields and no constructor: it needs a header, but no allocator. */
// @ts-ignore: decorator
@inline
export function stateless<T>(): T {
  // Its class id stands 8 bytes in front of it, its size (0) 4.
  const object: usize = memory.data(32, 16) + 16;
  store<u32>(object - 8, idof<T>());
  return changetype<T>(object);
}

/** The kernel's way to the app's heap. */
export function reserve(block: usize, size: usize): usize {
  return block ? heap.realloc(block, size) : heap.alloc(size);
}

/** Apart from `reserve`: who only frees does not allocate, and needs no collector. */
export function release(block: usize): void {
  heap.free(block);
}

export function shadow_get(): usize {
  return ASC_RUNTIME == 2 ? __stack_pointer : 0;
}

export function shadow_set(top: usize): void {
  if (ASC_RUNTIME == 2) __stack_pointer = top;
}
