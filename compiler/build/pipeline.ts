// From an entry file to an image: the arrows of docs/architecture.md, one function each.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Failure, fail } from "../diagnostic.ts";
import { type Manifest, withManifest } from "../manifest.ts";
import type { Symbols } from "../symbols/symbols.ts";
import { type AscOptions, ascOptions, compileAssemblyScript } from "./asc.ts";
import { asyncify, keepSwitchApart, suspends } from "./asyncify.ts";
import { type Binaryen, keepApart, loadBinaryen, type Module, parseModule } from "./binaryen.ts";
import { checkCoreJob, checkImports } from "./check-imports.ts";
import { encodeComponent } from "./component.ts";
import { addUsedData, lowestData, type Segment, takeData } from "./data.ts";
import { elideFrames } from "./elide-frames.ts";
import { type Entry, exportName, HANDLE, RUN } from "./entry.ts";
import { kernelFile, kernelMap } from "./kernel-file.ts";
import { ALLOCATES, dropMarks, functionsOf, type Import, importedName, importsOf, keepExports, resolveImports, uses } from "./link.ts";
import { dropLocalNames } from "./local-names.ts";
import { type Located, locate } from "./locate.ts";
import { Merger } from "./merge.ts";
import { dropDeadBranches, optimise, simplify } from "./optimise.ts";
import { callsWithoutBound, keepOnceApart } from "./reach.ts";
import { STACK_CHECK, trapOnOverflow } from "./stack-check.ts";
import { makeSymbols } from "./symbols.ts";
import { imageWorld, needsRealloc, type WitInterface } from "./world.ts";

export interface ImagePlan {
  /** The folder of config.ts: paths in the image are relative to it. */
  folder: string;
  /** The generated main.ts, relative to the folder. */
  entry: string;
  /** The most memory the image may have, in pages of 64 KiB. */
  maximumPages?: number;
  /** What the host calls; default: `RUN`. */
  called?: Entry;
  /** What its devices declare. */
  interfaces: WitInterface[];
  /** The job, when it is a core module of its own: its file, in place of the entry. */
  core?: string;
  /** What the image is to say of itself. */
  manifest?: Manifest;
  /** False: without the places of code in its sources. The image is the same, and there are no symbols. */
  places?: false;
}

export interface Image {
  /** The component. */
  wasm: Uint8Array;
  /** Of the build with places. */
  symbols?: Symbols;
  wit: string;
  imports: Import[];
  /** The user's files that it was made from, relative to the folder. */
  files: string[];
  threads: boolean;
  collector: boolean;
}

const REALLOC = "cabi_realloc";
/** In an image with at-exit tasks: the shim calls it to say that the image has to end (docs/abi.md). */
const SHUTDOWN = "shutdown";

/**
 * What an image that is called for requests has of memory at once: room for the threads' area of 1 MiB, and half of it again. Growing would cost each
 * instance two calls of the system's, to take the pages and to give them back.
 */
const HANDLE_PAGES = 24;

/** Many call these, and it is the last that they do: inlined, they make an image larger and hide whose call it was. */
const ABORTS = ["*/mirage_abort", STACK_CHECK];

/** `onStage` hears what begins, for progress. Throws a Failure with the user's mistakes. */
export async function buildImage(plan: ImagePlan, onStage: (stage: string) => void): Promise<Image> {
  const binaryen = await loadBinaryen();
  // What allocates for each request allocates without a bound.
  let collector = plan.called === HANDLE;
  let linked = await compileAndLink(plan, binaryen, collector ? "incremental" : "stub", onStage);
  if (!collector && needsCollector(binaryen, linked.module)) {
    collector = true;
    linked.module.dispose();
    linked = await compileAndLink(plan, binaryen, "incremental", onStage);
  }
  const { module, segments, threads, files, located } = linked;
  const { called = RUN } = plan;
  const entry = exportName(called);
  onStage("optimise");
  dropMarks(binaryen, module);
  optimise(binaryen, module);
  if (suspends(binaryen, module)) {
    asyncify(binaryen, module);
    keepExports(binaryen, module, { [entry]: entry, [SHUTDOWN]: SHUTDOWN, [REALLOC]: REALLOC });
  }
  if (!needsRealloc(importsOf(binaryen, module))) keepExports(binaryen, module, { [entry]: entry, [SHUTDOWN]: SHUTDOWN });
  // An image that asks nothing of its host has nobody to show its memory to.
  if (importsOf(binaryen, module).length === 0) module.removeExport("memory");
  optimise(binaryen, module);
  // The URL is in a section that is stripped.
  const { binary: emitted, sourceMap: map } = module.emitBinary("symbols");
  const core = addUsedData(emitted, segments, module.emitText(), collector);
  onStage("encode");
  const imports = importsOf(binaryen, module);
  const wit = imageWorld(imports, plan.interfaces, called.interface);
  const functions = functionsOf(binaryen, module);
  module.dispose();
  const wasm = withManifest(await encodeComponent(core, wit), plan.manifest ?? {});
  const symbols = plan.places !== false && map ? makeSymbols({ emitted, map, functions, imports: imports.length, core, wasm }, located) : undefined;
  return { wasm, ...(symbols ? { symbols } : {}), wit, imports, files, threads, collector };
}

interface Linked {
  module: Module;
  /** Its static data. */
  segments: Segment[];
  threads: boolean;
  files: string[];
  located: Located;
}

async function compileAndLink(plan: ImagePlan, binaryen: Binaryen, runtime: "stub" | "incremental", onStage: (stage: string) => void): Promise<Linked> {
  const merger = new Merger();
  try {
    onStage("compile");
    const maximum: AscOptions = plan.maximumPages === undefined ? {} : { maximumMemory: plan.maximumPages };
    // Without a value, an option is not given.
    const places: AscOptions = plan.places === false ? { sourceMap: false } : {};
    const initial: AscOptions = plan.called === HANDLE ? { initialMemory: Math.min(HANDLE_PAGES, plan.maximumPages ?? HANDLE_PAGES) } : {};
    const options = { ...ascOptions("app"), ...maximum, ...initial, ...places, runtime };
    const app = plan.core ? readCoreJob(plan.folder, plan.core) : await compileAssemblyScript(plan.folder, plan.entry, options);
    if (!app.wasm) throw new Failure(app.diagnostics);
    checkImports(plan, app.wasm, app.files);
    onStage("link");
    const { wasm, segments } = takeData(app.wasm);
    const merged = await merger.merge([
      { name: "kernel", wasm: dropLocalNames(readFileSync(kernelFile)), ...(plan.places === false ? {} : { map: readFileSync(kernelMap, "utf8") }) },
      { name: "env", ...app, wasm: dropLocalNames(wasm) },
    ]);
    const located = locate(merged);
    let module = parseModule(binaryen, located.text);
    const threads = uses(binaryen, module, "threads");
    const { called = RUN } = plan;
    const told = called === RUN && (plan.core !== undefined || uses(binaryen, module, "exits"));
    keepExports(binaryen, module, { [called.call]: exportName(called), [REALLOC]: REALLOC, ...(told && { [SHUTDOWN]: SHUTDOWN }) });
    resolveImports(binaryen, module);
    if (runtime === "incremental") {
      dropDeadBranches(binaryen, module);
      const text = elideFrames(module.emitText(), [REALLOC, SHUTDOWN]);
      module.dispose();
      module = parseModule(binaryen, text);
      trapOnOverflow(binaryen, module);
    }
    keepApart(binaryen, module, ABORTS);
    if (threads) keepSwitchApart(binaryen, module);
    return { module, segments, threads, files: app.files, located };
  } finally {
    merger.close();
  }
}

/** A job in another language: it brings its own memory, whose lowest part is the kernel's. */
function readCoreJob(folder: string, file: string): { wasm: Uint8Array; diagnostics: []; files: string[] } {
  const wasm = readFileSync(join(folder, file));
  checkCoreJob(file, wasm);
  const base = Number(ascOptions("app")["memoryBase"]);
  const lowest = lowestData(wasm) ?? base;
  if (lowest < base) fail("MW404", [file, lowest, base]);
  return { wasm, diagnostics: [], files: [file] };
}

/** Found from the module itself, once the branches that this image never takes are gone. */
function needsCollector(binaryen: Binaryen, module: Module): boolean {
  keepOnceApart(binaryen, module);
  simplify(binaryen, module);
  const allocates = importedName(binaryen, module, "link", ALLOCATES);
  if (allocates === undefined) return false;
  return callsWithoutBound(module, binaryen.getExportInfo(module.getExport(exportName(RUN))).value, allocates);
}
