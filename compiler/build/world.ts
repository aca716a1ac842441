import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../package.ts";
import type { Import } from "./link.ts";

/** A WIT interface that a device lowers to: its name, as "acme:led/light@1.0.0", and the text that defines it. */
export interface WitInterface {
  name: string;
  text: string;
}

/** The WIT world of an image: imports what the core module imports, and no more, and exports `wasi:cli/run`. */
export function imageWorld(imports: Import[], declared: WitInterface[]): string {
  const interfaces = [...new Set(imports.map(({ module }) => module))].sort();
  const texts = new Set(declared.filter(({ name }) => interfaces.includes(name)).map(({ text }) => nested(text)));
  return [
    "package mirage:image;\n",
    "world image {",
    ...interfaces.map((name) => `  import ${name};`),
    "  export wasi:cli/run@0.2.0;",
    "}\n",
    readFileSync(join(packageRoot, "runtime/wit/wasi.wit"), "utf8").trimEnd(),
    ...texts,
  ].join("\n");
}

/**
 * Whether a host needs `cabi_realloc` to answer these calls: when a result holds a list or a string. What users declare
 * is taken to.
 */
export function needsRealloc(imports: Import[]): boolean {
  const wit = readFileSync(join(packageRoot, "runtime/wit/wasi.wit"), "utf8");
  return imports.some(({ module, name }) => {
    if (!module.startsWith("wasi:")) return true;
    const call = name.replace(/^\[[\w-]+\](?:[\w-]+\.)?/, "");
    return new RegExp(`\\b${call}: func\\(.*\\) -> .*\\b(list|string)\\b`).test(wit);
  });
}

/** A file's `package x:y@z;` as a block, so that several packages fit one text. */
function nested(text: string): string {
  return text.replace(/^\s*package\s+([^;{]+);([\s\S]*)$/m, "\npackage $1 {$2}");
}
