import { type Binaryen, keepApart, type Module } from "./binaryen.ts";

const PREFIX = "asyncify";

/** Whether the module can still suspend a thread: nothing else calls Asyncify. */
export function suspends(binaryen: Binaryen, module: Module): boolean {
  for (let index = module.getNumFunctions() - 1; index >= 0; index--) {
    if (binaryen.getFunctionInfo(module.getFunctionByIndex(index)).module === PREFIX) return true;
  }
  return false;
}

/**
 * Lets every function that can reach the kernel's `thread_suspend` unwind and rewind, and no other: no import of the
 * host suspends. What starts the unwinding and what resumes must stay functions of their own, outside what is switched.
 */
export function asyncify(binaryen: Binaryen, module: Module): void {
  binaryen.setPassArgument("asyncify-imports", "none.none");
  module.runPasses(["asyncify"]);
  binaryen.clearPassArguments();
}

/** Keeps the two sides of the switch apart until Asyncify has run. */
export function keepSwitchApart(binaryen: Binaryen, module: Module): void {
  keepApart(binaryen, module, ["*thread_suspend*", "*thread_resume*", "*enter*"]);
}
