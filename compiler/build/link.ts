import type { Binaryen, Module } from "./binaryen.ts";

/** How the linker answers the calls of runtime/link.ts, and what of `env` an app need not export. */
export interface LinkFlags {
  threads: boolean;
  /** Whether the marks of allocations stay, for reach.ts. */
  allocates?: boolean;
}

/** The import that runtime/memory/bump.ts calls on each allocation: it marks the place for reach.ts, and does nothing. */
export const ALLOCATES = "allocates";

/**
 * Gives every import that is not the host's a body: `link.*` a constant, `env.*` that this app does not export a no-op
 * (a job in C has no collector and starts no threads).
 */
export function resolveImports(binaryen: Binaryen, module: Module, flags: LinkFlags): void {
  for (let index = module.getNumFunctions() - 1; index >= 0; index--) {
    const info = binaryen.getFunctionInfo(module.getFunctionByIndex(index));
    if (info.module !== "link" && info.module !== "env") continue;
    if (info.base === ALLOCATES && flags.allocates !== false) continue;
    const value = info.base === "threads" && flags.threads ? 1 : 0;
    module.removeFunction(info.name);
    const body = info.results === binaryen.none ? module.nop() : module.i32.const(value);
    module.addFunction(info.name, info.params, info.results, [], body);
  }
}

/** The name inside the module of an import, if it has it. */
export function importedName(binaryen: Binaryen, module: Module, from: string, base: string): string | undefined {
  for (let index = 0; index < module.getNumFunctions(); index++) {
    const info = binaryen.getFunctionInfo(module.getFunctionByIndex(index));
    if (info.module === from && info.base === base) return info.name;
  }
  return undefined;
}

/** Leaves only what the host calls: the memory, `run` under its WASI name, and `cabi_realloc`. */
export function keepExports(binaryen: Binaryen, module: Module, kept: Record<string, string>): void {
  const found = new Map<string, string>();
  for (let index = module.getNumExports() - 1; index >= 0; index--) {
    const info = binaryen.getExportInfo(module.getExportByIndex(index));
    if (info.kind === binaryen.ExternalFunction) found.set(info.name, info.value);
    if (info.name !== "memory") module.removeExport(info.name);
  }
  for (const [name, exported] of Object.entries(kept)) {
    const value = found.get(name);
    if (value !== undefined) module.addFunctionExport(value, exported);
  }
}

/** A host's function that a module imports. */
export interface Import {
  module: string;
  name: string;
}

/** The functions that a module imports. */
export function importsOf(binaryen: Binaryen, module: Module): Import[] {
  const imports: Import[] = [];
  for (let index = 0; index < module.getNumFunctions(); index++) {
    const info = binaryen.getFunctionInfo(module.getFunctionByIndex(index));
    if (info.module) imports.push({ module: info.module, name: info.base ?? "" });
  }
  return imports;
}
