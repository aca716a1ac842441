import type binaryenModule from "binaryen";
import type { Binaryen, Module } from "./binaryen.ts";

const CHECK = "~stack_check";
export const OVERFLOW = "~stack_overflow";

/**
 * AssemblyScript checks the collector's stack in each function that has a frame on it, by a call. It becomes small enough to be
 * put in everywhere; what ends the image when the stack has overflowed is a function, whose name tells that in a trace: the message that
 * AssemblyScript's own would print comes too late to be in the module's data.
 */
export function splitStackCheck(binaryen: Binaryen, module: Module): void {
  const check = module.getFunction(CHECK);
  if (!check) return;
  const { none } = binaryen;
  const { condition } = binaryen.getExpressionInfo(binaryen.getFunctionInfo(check).body) as binaryenModule.IfInfo;
  const isOver = module.copyExpression(condition);
  module.removeFunction(CHECK);
  module.addFunction(OVERFLOW, none, none, [], module.unreachable());
  module.addFunction(CHECK, none, none, [], module.if(isOver, module.call(OVERFLOW, [], none)));
}
