import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fail, positionOf } from "../diagnostic.ts";
import { kernelFile } from "./kernel-file.ts";
import type { Import } from "./link.ts";

// The part of the global that is used here: Node has it, its types do not.
declare const WebAssembly: {
  Module: (new (
    bytes: Uint8Array,
  ) => object) & {
    imports(module: object): Import[];
    exports(module: object): { name: string }[];
  };
};

const LINKER = "link";
const KERNEL = "kernel";

/** Fails when a job in another language is damaged, or lacks what the kernel needs of it. */
export function checkCoreJob(file: string, wasm: Uint8Array): void {
  let exported: string[] = [];
  try {
    exported = WebAssembly.Module.exports(new WebAssembly.Module(wasm)).map(({ name }) => name);
  } catch (error) {
    fail("MW405", [file, (error as Error).message.replace(/^WebAssembly\.Module\(\): /, "")]);
  }
  for (const name of ["memory", "main"]) if (!exported.includes(name)) fail("MW406", [file, name]);
}

/** Fails when an app imports what neither the kernel nor a device of it gives, and names the file that does so. */
export function checkImports(plan: { folder: string; interfaces: { name: string }[] }, wasm: Uint8Array, files: string[]): void {
  const kernel = new Set(WebAssembly.Module.exports(new WebAssembly.Module(readFileSync(kernelFile))).map(({ name }) => name));
  for (const { module, name } of WebAssembly.Module.imports(new WebAssembly.Module(wasm))) {
    if (module === LINKER || (module === KERNEL && kernel.has(name)) || plan.interfaces.some((one) => one.name === module)) continue;
    const [file = "the job", text = ""] = files.map((path) => [path, readFileSync(join(plan.folder, path), "latin1")]).find(([, content]) => content?.includes(module)) ?? [];
    const at = text.indexOf(module);
    fail("MW402", [file, `${module} ${name}`, module], at < 0 || file.endsWith(".wasm") ? undefined : positionOf(file, text, at));
  }
}
