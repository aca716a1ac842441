// What the generated main.ts is made of.

import "./globals";
import { boot, Record } from "./scheduler/record";
import { Thread } from "./scheduler/thread";

export { app_start } from "./abi";
export { commandLine, noCommandLine } from "./command-line";
export { threads } from "./link";
export { shutdown } from "./scheduler/exit";
export { addJob, endJob, exitCode } from "./scheduler/jobs";
export { run } from "./scheduler/run";
export { spawn, Task } from "./thread";

/** Is this the thread that the image begins on? */
export function isFirst(thread: usize): bool {
  return thread == changetype<usize>(boot);
}

/** Runs a spawned thread, on its own stack. */
export function runThread(thread: usize): void {
  changetype<Thread>(changetype<Record>(thread).owner).begin();
}

/** An object of a class that has no fields and no constructor: it needs a header, but no allocator. */
// @ts-ignore: decorator
@inline
export function stateless<T>(): T {
  // Its class id stands 8 bytes in front of it, its size (0) 4.
  const object: usize = memory.data(32, 16) + 16;
  store<u32>(object - 8, idof<T>());
  return changetype<T>(object);
}

// The kernel's way to the app's heap.
export { resize as reserve } from "./scheduler/memory";

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
