import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../package.ts";
import { RUN } from "./entry.ts";
import type { Import } from "./link.ts";

const HTTP = "wasi:http/";

function wit(name: string): string {
  return readFileSync(join(packageRoot, `runtime/wit/${name}.wit`), "utf8");
}

/** A WIT interface that a device lowers to: its name, as "acme:led/light@1.0.0", and the text that defines it. */
export interface WitInterface {
  name: string;
  text: string;
}

/** The WIT world of an image: imports what the core module imports, and no more, and exports what the host calls. */
export function imageWorld(imports: Import[], declared: WitInterface[], exported = RUN.interface): string {
  const interfaces = [...new Set(imports.map(({ module }) => module))].sort();
  const texts = new Set(declared.filter(({ name }) => interfaces.includes(name)).map(({ text }) => nested(text)));
  return [
    "package mirage:image;\n",
    "world image {",
    ...interfaces.map((name) => `  import ${name};`),
    `  export ${exported};`,
    "}\n",
    wit("wasi").trimEnd(),
    ...(exported.startsWith(HTTP) ? [wit("http").trimEnd()] : []),
    ...texts,
  ].join("\n");
}

/**
 * Whether a host needs `cabi_realloc` to answer these calls: when a result holds a list or a string. What users declare
 * is taken to.
 */
export function needsRealloc(imports: Import[]): boolean {
  const known = wit("wasi");
  return imports.some(({ module, name }) => {
    // There, texts are inside of what nearly every call gives.
    if (!module.startsWith("wasi:") || module.startsWith(HTTP)) return true;
    const call = name.replace(/^\[[\w-]+\](?:[\w-]+\.)?/, "");
    return new RegExp(`\\b${call}: func\\(.*\\) -> .*\\b(list|string)\\b`).test(known);
  });
}

/** A file's `package x:y@z;` as a block, so that several packages fit one text. */
function nested(text: string): string {
  return text.replace(/^\s*package\s+([^;{]+);([\s\S]*)$/m, "\npackage $1 {$2}");
}
