// Symbols from what locate.ts has found before the optimiser, and the source map that Binaryen has written behind it.

import { createHash } from "node:crypto";
import { decode, encode, type SourceMapSegment } from "@jridgewell/sourcemap-codec";
import type { Symbols } from "../symbols/symbols.ts";
import { ComponentSection, Reader, Section, sectionOf, sectionsOf } from "./binary.ts";
import type { Located } from "./locate.ts";
import { ScopeTree } from "./scope-tree.ts";

/** What the optimiser has made. */
export interface Made {
  /** As Binaryen has written it, with its source map: its names are indices of scopes. */
  emitted: Uint8Array;
  map: string;
  /** The names of its own functions, in their order, and how many it imports. */
  functions: string[];
  imports: number;
  /** The core module as it is in the image, and the image. */
  core: Uint8Array;
  wasm: Uint8Array;
}

export function makeSymbols(made: Made, { scopes, calls, sites }: Located): Symbols {
  const code = codeOf(made.core);
  const functions = bodiesOf(made.core).map(([start, end], index): Symbols["functions"][number] => [made.functions[index] ?? "", start, end]);
  const { sources, names, mappings } = JSON.parse(made.map) as { sources: string[]; names: string[]; mappings: string };
  const tree = new ScopeTree(scopes, calls, made.functions, sources);
  const shift = offsetOf(code, made.core) - offsetOf(codeOf(made.emitted), made.emitted);
  let current = 0;
  const segments = decode(mappings)
    .flat()
    .map((segment): SourceMapSegment => {
      const at = segment[0] + shift;
      while (at >= (functions[current]?.[2] ?? Number.POSITIVE_INFINITY)) tree.enter(functions[++current]?.[0] ?? "");
      const scope = segment.length === 5 ? scopes[Number(names[segment[4]])] : undefined;
      if (segment.length !== 5 || !scope) return [at];
      const [, source, line, column] = segment;
      return [at, source, line, column, tree.add(scope, { file: sources[source] ?? "", line: line + 1, column: column + 1 })];
    });
  return {
    schema: 1,
    sha256: createHash("sha256").update(made.wasm).digest("hex"),
    module: moduleOffset(made.wasm, code),
    imports: made.imports,
    functions,
    map: { version: 3, sources, names: tree.list.map(({ name }) => name), mappings: encode([segments]) },
    scopes: tree.list,
    sites: sites.map((place) => (place ? tree.place(place) : null)),
  };
}

function codeOf(module: Uint8Array): Uint8Array {
  return sectionOf(module, Section.code) ?? new Uint8Array();
}

/** Offsets in a module of its functions: start, and end. */
function bodiesOf(module: Uint8Array): [start: number, end: number][] {
  const code = new Reader(codeOf(module));
  const base = offsetOf(codeOf(module), module);
  return code.list(() => {
    const body = code.take(code.u32());
    return [base + code.at - body.length, base + code.at];
  });
}

/** Where in a component the module with this code begins. */
function moduleOffset(component: Uint8Array, code: Uint8Array): number {
  const module = [...sectionsOf(component)].find(({ id, body }) => id === ComponentSection.coreModule && Buffer.from(codeOf(body)).equals(code));
  if (!module) throw new Error("the component holds another module than was put into it");
  return offsetOf(module.body, component);
}

function offsetOf(part: Uint8Array, whole: Uint8Array): number {
  return part.byteOffset - whole.byteOffset;
}
