import type { Binaryen, Module } from "./binaryen.ts";

/** The import that runtime/memory/bump.ts calls on each allocation: it marks the place for reach.ts, and does nothing. */
export const ALLOCATES = "allocates";

const LINKER = "link";
/** Prefix of the imports by which an app says what it uses. */
const USES = "uses_";

/** Whether the app has reached what calls `link.uses_NAME`. */
export function uses(binaryen: Binaryen, module: Module, name: string): boolean {
  return importedName(binaryen, module, LINKER, USES + name) !== undefined;
}

/**
 * Gives every import that is not the host's a body: `link.NAME` is 1 where the app has `link.uses_NAME`, else 0; `env.*`
 * that this app does not export is a no-op (a job in C has no collector and starts no threads). Marks of allocations stay.
 */
export function resolveImports(binaryen: Binaryen, module: Module): void {
  const used = new Set(importsOf(binaryen, module).flatMap((one) => (one.module === LINKER ? [one.name] : [])));
  replaceImports(
    binaryen,
    module,
    ({ module: from, name }) => (from === LINKER && name !== ALLOCATES) || from === "env",
    (name) => Number(used.has(USES + name)),
  );
}

/** Takes the marks of allocations out, once they have been counted. */
export function dropMarks(binaryen: Binaryen, module: Module): void {
  replaceImports(
    binaryen,
    module,
    ({ module: from, name }) => from === LINKER && name === ALLOCATES,
    () => 0,
  );
}

function replaceImports(binaryen: Binaryen, module: Module, isMeant: (one: Import) => boolean, value: (name: string) => number): void {
  for (let index = module.getNumFunctions() - 1; index >= 0; index--) {
    const info = binaryen.getFunctionInfo(module.getFunctionByIndex(index));
    const base = info.base ?? "";
    if (!info.module || !isMeant({ module: info.module, name: base })) continue;
    module.removeFunction(info.name);
    const body = info.results === binaryen.none ? module.nop() : module.i32.const(value(base));
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

/** Leaves only what the host calls: the memory, and what is `kept`, each under the name that it gives. */
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

/** The names of a module's own functions, in their order. */
export function functionsOf(binaryen: Binaryen, module: Module): string[] {
  const functions = Array.from({ length: module.getNumFunctions() }, (_, index) => binaryen.getFunctionInfo(module.getFunctionByIndex(index)));
  return functions.filter((one) => !one.module).map(({ name }) => name);
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
