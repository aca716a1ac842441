import { concat, leb, Malformed, mapSections, ofFile, Section } from "../build/binary.ts";
import { type Component, exportOf, type Item, isInstance, type ModuleInstance, type Options, readComponent } from "./component.ts";
import { exportsOf, importsOf, pagesOf } from "./module.ts";
import { behindTrampoline, isOfEncoder } from "./trampolines.ts";

/** The module of a component that runs, made ready for wasm2c. */
export interface CoreModule {
  wasm: Uint8Array;
  /** The calls that it imports. */
  imports: HostCall[];
  /** Whether it gives the host memory for lists. */
  realloc: boolean;
  /** Whether it wants to be told that it has to end (docs/abi.md). */
  shutdown: boolean;
  /** Pages that its memory begins with. */
  pages: number;
}

export interface HostCall {
  /** INTERFACE#CALL */
  name: string;
  /** Its C name; undefined where no host of WASI 0.2 has it. */
  symbol: string | undefined;
}

/** A call, and how its values cross the border. */
interface Lowered extends HostCall {
  options: Options;
}

const RUN = /^wasi:cli\/run@0\.2\.\d+$/;
/** A function that no component has: the module exports it for the shim. */
const SHUTDOWN = "shutdown";
const FUNCTION = 0;
/** The module that all imports are renamed to: the shim is one host. */
const HOST = "wasi";

/** Takes the module that `run` is lifted from out of a component, its imports named as they are wired. */
export function coreModuleOf(bytes: Uint8Array, file: string): CoreModule {
  return ofFile(file, () => wiredModule(readComponent(bytes)));
}

function wiredModule(component: Component): CoreModule {
  const { instance, name } = runOf(component);
  if (component.instances.some((one) => one !== instance && isInstance(one) && !isOfEncoder(one))) throw new Malformed("it is made of several modules");
  const module = instance.of.bytes;
  const calls = importsOf(module).map((one) => callOf(exportOf(instance.args.get(one.module), one.name), component.instances));
  for (const { options } of calls) checkOptions(options, instance);
  const realloc = calls.map(({ options }) => options.realloc).find((one) => one !== undefined);
  const names = new Map([[name, "run"]]);
  if (realloc?.is === "alias") names.set(realloc.name, "cabi_realloc");
  const shutdown = exportsOf(module).some((one) => one.name === SHUTDOWN && one.kind === FUNCTION);
  if (shutdown) names.set(SHUTDOWN, SHUTDOWN);
  return { wasm: rename(module, calls, names), imports: calls, realloc: realloc !== undefined, shutdown, pages: pagesOf(module) };
}

/** Where `run` is: the instance that it is lifted from, and its name there. */
function runOf({ exports }: Component): { instance: ModuleInstance; name: string } {
  const [, exported] = [...exports].find(([name]) => RUN.test(name)) ?? [];
  const func = exported && functionOf(exported, "run");
  if (func?.is !== "lift" || func.func.is !== "alias" || !isInstance(func.func.of)) throw new Malformed("it exports no wasi:cli/run that a module of it gives");
  return { instance: func.func.of, name: func.func.name };
}

/** A function of an instance; the encoder's nested component only hands its argument on. */
function functionOf(instance: Item, name: string): Item | undefined {
  if (instance.is === "exports") return instance.items.get(name);
  if (instance.is !== "instance" || instance.of.is !== "code") return undefined;
  const inner = readComponent(instance.of.bytes).exports.get(name);
  return inner?.is === "import" ? instance.args.get(inner.name) : undefined;
}

/** The host's call that a module is given. */
function callOf(given: Item, instances: Item[]): Lowered {
  const jump = behindTrampoline(given, instances);
  if (jump) return callOf(jump, []);
  const [call, prefix, options] = given.is === "lower" ? [given.func, "", given.options] : given.is === "drop" ? [given.type, DROP, {}] : [];
  if (call?.is !== "alias" || call.of.is !== "import") throw new Malformed("it imports what is no call of the host's");
  const name = `${prefix}${call.name}`;
  return { name: `${call.of.name}#${name}`, symbol: symbolOf(call.of.name, name), options: options as Options };
}

/** The shim reads and writes in the one memory, and its strings are UTF-16: encoders say so where a call has one. */
function checkOptions({ encoding = "UTF-16", memory, realloc }: Options, instance: ModuleInstance): void {
  if (encoding !== "UTF-16") throw new Malformed(`its strings are ${encoding}, and the shim's are UTF-16`);
  for (const one of [memory, realloc]) if (one && !(one.is === "alias" && one.of === instance)) throw new Malformed("its calls do not use the memory of the module that runs");
}

const DROP = "[resource-drop]";

/**
 * The C name of a WASI call: `wasi:io/poll@0.2.0` `[resource-drop]pollable` is io_poll_drop_pollable. All versions of
 * 0.2 have one ABI; undefined for others.
 */
export function symbolOf(module: string, name: string): string | undefined {
  const [, place] = /^wasi:([^@]+)@0\.2\.\d+$/.exec(module) ?? [];
  const call = name.replace(DROP, "drop-").replace(/^\[\w+\]/, "");
  return place && `${place}-${call}`.replaceAll(/[^A-Za-z0-9]/g, "_");
}

/** The module with its imports named as `calls` are in C, and of its exports those in `names`, by their new names. */
function rename(module: Uint8Array, calls: Lowered[], names: Map<string, string>): Uint8Array {
  return mapSections(module, ({ id, body }) => {
    if (id === Section.custom) return undefined;
    if (id === Section.import) return listed(importsOf(module).map(({ description }, index) => [...text(HOST), ...text(calls[index]?.symbol ?? ""), ...description]));
    if (id !== Section.export) return body;
    return listed(exportsOf(module).flatMap(({ name, kind, index }) => (names.has(name) ? [[...text(names.get(name) as string), kind, ...leb(index)]] : [])));
  });
}

function listed(entries: number[][]): Uint8Array {
  return concat([leb(entries.length), ...entries].map((bytes) => Uint8Array.from(bytes)));
}

function text(name: string): number[] {
  const bytes = Buffer.from(name);
  return [...leb(bytes.length), ...bytes];
}
