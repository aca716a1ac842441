import type binaryenModule from "binaryen";
import type { Binaryen, Module } from "./binaryen.ts";

/** Its name tells in a trace what has happened. */
export const STACK_CHECK = "~stack_check";

/**
 * AssemblyScript checks the collector's stack in each function that has a frame on it, by a call, and means to abort with a
 * message when it has overflowed; but that comes too late to be in the module's data. A trap does.
 */
export function trapOnOverflow(binaryen: Binaryen, module: Module): void {
  const check = module.getFunction(STACK_CHECK);
  if (!check) return;
  const { condition } = binaryen.getExpressionInfo(binaryen.getFunctionInfo(check).body) as binaryenModule.IfInfo;
  const body = module.if(module.copyExpression(condition), module.unreachable());
  module.removeFunction(STACK_CHECK);
  module.addFunction(STACK_CHECK, binaryen.none, binaryen.none, [], body);
}
