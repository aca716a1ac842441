import type { Binaryen, Module } from "./binaryen.ts";

const CHECK = "~stack_check";
const OVERFLOW = "~stack_overflow";
const POINTER = "~lib/memory/__stack_pointer";
const END = "~lib/memory/__data_end";

/**
 * AssemblyScript checks the collector's stack in each function that has objects, by a call. What it does when the stack has
 * overflowed becomes a function of its own, so that the check is small enough to be put in everywhere.
 */
export function splitStackCheck(binaryen: Binaryen, module: Module): void {
  const check = module.getFunction(CHECK);
  if (!check) return;
  const { none, i32 } = binaryen;
  const { body } = binaryen.getFunctionInfo(check);
  module.addFunction(OVERFLOW, none, none, [], module.copyExpression(body));
  module.removeFunction(CHECK);
  const isOver = module.i32.lt_s(module.global.get(POINTER, i32), module.global.get(END, i32));
  module.addFunction(CHECK, none, none, [], module.if(isOver, module.call(OVERFLOW, [], none)));
}
