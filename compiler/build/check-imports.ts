import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fail, positionOf } from "../diagnostic.ts";
import { packageRoot } from "../package.ts";
import { kernelFile } from "./kernel-file.ts";
import { ALLOCATES, type Import } from "./link.ts";

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
  const linker = linkerCalls();
  for (const { module, name } of WebAssembly.Module.imports(new WebAssembly.Module(wasm))) {
    if ((module === LINKER && linker.has(name)) || (module === KERNEL && kernel.has(name)) || plan.interfaces.some((one) => one.name === module)) continue;
    const texts = files.map((file) => ({ file, text: readFileSync(join(plan.folder, file), "latin1") }));
    const quoted = (word: string): string => `["'\`]${word.replace(/[^\w]/g, "\\$&")}["'\`]`;
    const declaration = new RegExp(`(?<=@external\\(\\s*)${quoted(module)}\\s*,\\s*${quoted(name)}`);
    const { file, text } = texts.find((one) => declaration.test(one.text)) ?? texts.find((one) => one.text.includes(module)) ?? { file: "the job", text: "" };
    const at = text.search(declaration);
    fail("MW402", [file, `${module} ${name}`, module], at < 0 || file.endsWith(".wasm") ? undefined : positionOf(file, text, at));
  }
}

/** What the linker answers: the calls of runtime/link.ts, and the mark of allocations. */
function linkerCalls(): Set<string> {
  const text = readFileSync(join(packageRoot, "runtime/link.ts"), "utf8");
  return new Set([ALLOCATES, ...[...text.matchAll(/@external\("link", "(\w+)"\)/g)].map(([, name]) => name as string)]);
}
