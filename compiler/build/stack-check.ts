import type { Binaryen, Module } from "./binaryen.ts";

const CHECK = "~stack_check";
export const OVERFLOW = "~stack_overflow";
const POINTER = "~lib/memory/__stack_pointer";
const END = "~lib/memory/__data_end";

/**
 * AssemblyScript checks the collector's stack in each function that has a frame on it, by a call. It becomes small enough to be
 * put in everywhere; what ends the image when the stack has overflowed is a function, whose name tells that in a trace: the message that
 * AssemblyScript's own would print comes too late to be in the module's data.
 */
export function splitStackCheck(binaryen: Binaryen, module: Module): void {
  if (!module.getFunction(CHECK)) return;
  const { none, i32 } = binaryen;
  module.removeFunction(CHECK);
  module.addFunction(OVERFLOW, none, none, [], module.unreachable());
  const isOver = module.i32.lt_s(module.global.get(POINTER, i32), module.global.get(END, i32));
  module.addFunction(CHECK, none, none, [], module.if(isOver, module.call(OVERFLOW, [], none)));
}
