import { loadBinaryen, type Module, readModule } from "../../compiler/build/binaryen.ts";

// Node has it, the types of Node 20 do not.
// biome-ignore lint/suspicious/noExplicitAny: exports are called as they come.
export type Exports = Record<string, any>;
declare const WebAssembly: {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object, imports?: object) => { exports: Exports };
  Memory: new (limits: { initial: number }) => { buffer: ArrayBuffer };
};

export const binaryen = await loadBinaryen();

/** A module from the fields of its text format, with the features that images are made of. */
export function parse(fields: string): Module {
  const parsed = binaryen.parseText(`(module ${fields})`);
  // Not the default: a module that is read has names and segments as the linker meets them.
  binaryen.setDebugInfo(true);
  const module = readModule(binaryen, parsed.emitBinary());
  parsed.dispose();
  return module;
}

/** The exports of a core module that this process runs. */
export function instantiate(wasm: Uint8Array, imports: object = {}): Exports {
  return new WebAssembly.Instance(new WebAssembly.Module(wasm), imports).exports;
}

/** A memory of so many pages of 64 KiB. */
export function newMemory(pages: number): { buffer: ArrayBuffer } {
  return new WebAssembly.Memory({ initial: pages });
}
