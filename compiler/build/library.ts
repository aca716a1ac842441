import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../package.ts";

type Asc = typeof import("assemblyscript/asc")["default"];

/** Files of AssemblyScript's library, and what stands in for each. */
const REPLACED = { "rt/stub": "memory/bump.ts", "bindings/dom": "bindings/dom.ts", "bindings/node": "bindings/node.ts" };

let loaded: Promise<Asc> | undefined;

/**
 * AssemblyScript's compiler, with `mirage-wasm/…` in its standard library, an allocator that says when memory is out, and
 * `console`, `Date` and their like on the image's own devices.
 */
export function guestLibrary(): Promise<Asc> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<Asc> {
  const asc = (await import("assemblyscript/asc")).default;
  const { libraryFiles } = asc;
  // A library file may define `__visit`, which the threads need, and is found without a package's `exports`.
  for (const [folder, prefix] of [
    ["runtime", "mirage-wasm/"],
    ["drivers", "mirage-wasm/drivers/"],
  ] as const) {
    for (const file of readdirSync(join(packageRoot, folder), { recursive: true, encoding: "utf8" })) {
      if (!file.endsWith(".ts") || file.endsWith(".d.ts")) continue;
      libraryFiles[prefix + file.slice(0, -".ts".length).replaceAll("\\", "/")] = readFileSync(join(packageRoot, folder, file), "utf8");
    }
  }
  for (const [name, file] of Object.entries(REPLACED)) libraryFiles[name] = readFileSync(join(packageRoot, "runtime", file), "utf8");
  libraryFiles["rt/tlsf"] = withMessage(libraryFiles["rt/tlsf"] ?? "");
  return asc;
}

/** The allocator ends in a bare `unreachable` when memory is out; ours says so first. */
function withMessage(tlsf: string): string {
  const call = "abort_memory()";
  const patched = tlsf.replaceAll(/(memory\.grow\([^)]*\) < 0\) )unreachable\(\)/g, `$1${call}`);
  if (patched.split(call).length !== 3) throw new Error("AssemblyScript's allocator has changed: compiler/build/library.ts");
  return `${patched}\n// @ts-ignore: decorator\n@external("kernel", "abort_memory")\ndeclare function abort_memory(): void;\n`;
}
