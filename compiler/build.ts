import { existsSync, mkdirSync, rmdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { kernelFile } from "./build/kernel-file.ts";
import { socketsFile } from "./build/sockets-file.ts";
import { fail } from "./diagnostic.ts";
import { header, removeGenerated, replaceFile } from "./generated-file.ts";
import { manifestOf } from "./manifest.ts";
import { BUILD, type Build, CONTEXT, type Context, digests, folderFiles, read, toText, unchanged } from "./state.ts";
import { targetOf } from "./targets.ts";
import { unoptimised } from "./wasm-tier.ts";
import { xenFiles } from "./xen/files.ts";
import { shimFiles } from "./xen/shim.ts";
import { isEdited } from "./xen/xl.ts";

export interface Built {
  /** Path of the image. */
  image: string;
  /** Its size in bytes. */
  size: number;
  build: Build;
  unchanged: boolean;
}

/** Where the image of a configuration lies. */
export function imageFile(folder: string, { graph }: Context): string {
  return join(folder, "dist", `${graph.name}.wasm`);
}

/** Where its symbols lie. */
export function symbolsFile(folder: string, { graph }: Context): string {
  return join(folder, "dist", `${graph.name}.symbols`);
}

/** Makes the image that `context` describes, unless it is there and nothing that it was made of has changed. */
export async function build(folder: string, context: Context, onStage: (stage: string) => void): Promise<Built> {
  const image = imageFile(folder, context);
  const old = read<Build>(folder, BUILD);
  const isThere = old && artefacts(folder, context).every((path) => old.inputs[path]) && unchanged(folder, old.inputs);
  if (isThere && (!old.xen || (await (await import("./xen/build.ts")).isMadeByTheseTools(old.xen)))) return { image, size: statSync(image).size, build: old, unchanged: true };
  const { wasm, state } = await unoptimised(() => make(folder, context, onStage));
  return { image, size: wasm.length, build: state, unchanged: false };
}

/** What a build leaves in dist/, relative to the folder. */
function artefacts(folder: string, context: Context): string[] {
  const files = [imageFile(folder, context), symbolsFile(folder, context)].map((file) => relative(folder, file));
  return context.target === "xen" ? [...files, ...Object.values(xenFiles(context))] : files;
}

async function make(folder: string, context: Context, onStage: (stage: string) => void): Promise<{ wasm: Uint8Array; state: Build }> {
  const file = imageFile(folder, context);
  const { buildImage } = await import("./build/pipeline.ts");
  const { graph } = context;
  const target = targetOf(context.target);
  const image = await buildImage(
    {
      folder,
      entry: "mirage/main.ts",
      called: target.entry,
      interfaces: graph.interfaces,
      manifest: manifestOf(context),
      ...(graph.maximumPages === undefined ? {} : { maximumPages: graph.maximumPages }),
      ...(graph.core === undefined ? {} : { core: graph.core }),
    },
    onStage,
  );
  const foreign = image.imports.find(({ module }) => !target.gives(module));
  if (foreign) fail("MW603", [target.name, `${foreign.module} ${foreign.name}`]);
  mkdirSync(join(folder, "dist"), { recursive: true });
  replaceFile(file, image.wasm);
  replaceFile(symbolsFile(folder, context), `${JSON.stringify(image.symbols)}\n`);
  const xen = context.target === "xen" ? await (await import("./xen/build.ts")).buildForXen(folder, context, file, onStage) : undefined;
  const made = artefacts(folder, context);
  const state: Build = {
    generated: header(context.file),
    artefacts: [...new Set([...made, ...(read<Build>(folder, BUILD)?.artefacts ?? [])])],
    inputs: digests(folder, [...image.files, CONTEXT, ...made, ...[kernelFile, ...(xen ? [...shimFiles(), socketsFile] : [])].map((one) => relative(folder, one))]),
    wit: image.wit,
    imports: [...new Set(image.imports.map((one) => one.module))].sort(),
    threads: image.threads,
    collector: image.collector,
    ...(xen ? { xen } : {}),
  };
  writeFileSync(join(folder, BUILD), toText(state));
  return { wasm: image.wasm, state };
}

/** Removes what `configure` and `build` have made; returns the paths removed. */
export function clean(folder: string): string[] {
  const context = read<Context>(folder, CONTEXT);
  const made = new Set([...(context ? artefacts(folder, context) : []), ...(read<Build>(folder, BUILD)?.artefacts ?? [])]);
  const files = [...made].flatMap((path) => (path.endsWith(".xl") ? [path, `${path}.new`] : [path]));
  const removed = files.filter((path) => existsSync(join(folder, path)) && !(path.endsWith(".xl") && isEdited(join(folder, path))));
  for (const path of removed) rmSync(join(folder, path));
  removed.push(
    ...removeGenerated(folder, [
      "Makefile",
      "tsconfig.json",
      "mirage/main.ts",
      ...(context ? folderFiles(context.graph) : []),
      "mirage/tsconfig.config.json",
      "mirage/tsconfig.jobs.json",
      BUILD,
      CONTEXT,
    ]),
  );
  for (const path of ["mirage/node", "mirage", "dist"]) removeIfOurs(folder, path, removed);
  return removed;
}

/** The engine's cache goes whole; other folders only when nothing of the user's is left in them. */
function removeIfOurs(folder: string, path: string, removed: string[]): void {
  const full = join(folder, path);
  if (!existsSync(full)) return;
  try {
    if (path === "mirage/node") rmSync(full, { recursive: true });
    else rmdirSync(full);
    removed.push(path);
  } catch {
    // Something of the user's is in it.
  }
}
