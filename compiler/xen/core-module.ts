import { concat, isComponent, leb, mapSections, readLeb, readName, Section, sectionsOf } from "../build/binary.ts";
import { fail } from "../diagnostic.ts";

/** The module of a component that runs, made ready for wasm2c. */
export interface CoreModule {
  wasm: Uint8Array;
  /** What it imports, as INTERFACE#CALL, and the C name of each. */
  imports: { name: string; symbol: string }[];
  /** Whether it gives the host memory for lists. */
  realloc: boolean;
  /** Pages that its memory begins with. */
  pages: number;
}

const RUN = /^wasi:cli\/run@0\.2\.\d+#run$/;
const FUNCTION = 0;
/** The module that all imports are renamed to: the shim is one host. */
const HOST = "wasi";

/** Takes the module that `run` is lifted from out of a component. Fails when there are others than the encoder's own. */
export function coreModuleOf(component: Uint8Array, file: string): CoreModule {
  if (!isComponent(component)) fail("MW601", [file, "it is no component"]);
  const modules = [...sectionsOf(component)].filter(({ id }) => id === Section.coreModule).map(({ body }) => body);
  const main = modules.filter((one) => exportsOf(one).some(({ name }) => RUN.test(name)));
  const others = modules.filter((one) => !main.includes(one) && !isTrampolines(one));
  if (main.length !== 1 || others.length > 0) fail("MW601", [file, `it is made of ${modules.length} modules, of which ${main.length} can run`]);
  return rename(main[0] as Uint8Array);
}

/** The encoder's own modules break the circle between a module and the host's calls into its memory: tables of calls. */
function isTrampolines(module: Uint8Array): boolean {
  return exportsOf(module).every(({ name }) => name === "$imports" || /^\d+$/.test(name));
}

/** What a core module exports, in its order. */
export function exportsOf(module: Uint8Array): { name: string; kind: number; index: number }[] {
  const body = [...sectionsOf(module)].find(({ id }) => id === Section.export)?.body;
  if (!body) return [];
  let [count, at] = readLeb(body, 0);
  const found: { name: string; kind: number; index: number }[] = [];
  for (; count > 0; count--) {
    const [name, kindAt] = readName(body, at);
    const [index, next] = readLeb(body, kindAt + 1);
    found.push({ name, kind: body[kindAt] as number, index });
    at = next;
  }
  return found;
}

/**
 * The C name of a WASI call: `wasi:io/poll@0.2.0` `[resource-drop]pollable` is io_poll_drop_pollable. All versions of
 * 0.2 have one ABI.
 */
export function symbolOf(module: string, name: string): string {
  const place = module.replace(/^wasi:/, "").replace(/@.*$/, "");
  const call = name.replace(/^\[resource-drop\]/, "drop-").replace(/^\[\w+\]/, "");
  return `${place}-${call}`.replaceAll(/[^A-Za-z0-9]/g, "_");
}

function rename(module: Uint8Array): CoreModule {
  const imports: CoreModule["imports"] = [];
  const exported = exportsOf(module);
  const kept = exported.filter(({ name }) => RUN.test(name) || name === "cabi_realloc");
  const wasm = mapSections(module, ({ id, body }) => {
    if (id === Section.custom) return undefined;
    if (id === Section.import) return renameImports(body, imports);
    if (id !== Section.export) return body;
    const entries = kept.map(({ name, kind, index }) => [...text(RUN.test(name) ? "run" : name), kind, ...leb(index)]);
    return Uint8Array.from([...leb(entries.length), ...entries.flat()]);
  });
  return { wasm, imports, realloc: kept.some(({ name }) => name === "cabi_realloc"), pages: pagesOf(module) };
}

function renameImports(body: Uint8Array, imports: CoreModule["imports"]): Uint8Array {
  let [count, at] = readLeb(body, 0);
  const parts = [Uint8Array.from(leb(count))];
  for (; count > 0; count--) {
    const [module, nameAt] = readName(body, at);
    const [name, kindAt] = readName(body, nameAt);
    if (body[kindAt] !== FUNCTION) fail("MW601", [module, "it imports something that is no function"]);
    const [, next] = readLeb(body, kindAt + 1);
    const symbol = symbolOf(module, name);
    imports.push({ name: `${module}#${name}`, symbol });
    parts.push(Uint8Array.from([...text(HOST), ...text(symbol), ...body.subarray(kindAt, next)]));
    at = next;
  }
  return concat(parts);
}

function pagesOf(module: Uint8Array): number {
  const body = [...sectionsOf(module)].find(({ id }) => id === Section.memory)?.body;
  // Behind the count and the kind of limits.
  return body ? readLeb(body, 2)[0] : 0;
}

function text(name: string): number[] {
  const bytes = Buffer.from(name);
  return [...leb(bytes.length), ...bytes];
}
