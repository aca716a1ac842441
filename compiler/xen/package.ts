// NAME.wasm to mir-NAME.xen: the image's code as C, compiled and linked with the shim.

import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { socketsFile } from "../build/sockets-file.ts";
import { fail } from "../diagnostic.ts";
import { type Manifest, readManifest } from "../manifest.ts";
import { version } from "../package.ts";
import { compileModule, compileShim, findCompiler, link, type ToolVersions, toolVersions, wasm2c } from "./compile.ts";
import { type CoreModule, coreModuleOf } from "./core-module.ts";
import { type Note, noteText } from "./note.ts";
import { shimCalls, shimSources } from "./shim.ts";
import { socketsVif } from "./sockets.ts";

export interface Packaged {
  elf: Uint8Array;
  /** The same with debugging information: what xen-calls.ts reads. */
  debug: Uint8Array;
  tools: ToolVersions;
  note: Note;
  /** What the image says of itself. */
  manifest: Manifest;
  /** Pages that the image's memory begins with, and whether its code makes it grow. */
  pages: number;
  grows: boolean;
  /** The number of the vif that its sockets have, where it has some. */
  sockets?: number;
}

export interface PackageOptions {
  /** The image's file name as the ELF says it, where it is another by now. */
  name?: string;
  onStage?(stage: string): void;
}

/** Packages a component for Xen. The same image, name and tools give the same bytes. */
export async function packageForXen(image: string, { name = basename(image), onStage = () => {} }: PackageOptions = {}): Promise<Packaged> {
  const component = readFileSync(image);
  const core = coreModuleOf(component, basename(image));
  const manifest = readManifest(component, basename(image));
  checkCalls(core);
  const sockets = socketsVif(core.imports, manifest);
  const [{ program }, tools] = await Promise.all([findCompiler(), toolVersions()]);
  const note: Note = {
    image: name,
    sha256: createHash("sha256").update(component).digest("hex"),
    bytes: component.length,
    version,
    ...tools,
    interfaces: [...new Set(core.imports.map(({ name }) => name.split("#", 1)[0]))].sort().join(" "),
  };
  const folder = mkdtempSync(join(tmpdir(), "mirage-wasm-xen-"));
  try {
    onStage("translate");
    writeFileSync(join(folder, "image.wasm"), core.wasm);
    writeFileSync(join(folder, "image-info.h"), header(note, core, sockets));
    const module = wasm2c("image.wasm", "image-module.c", folder).then(() => compileModule(program, "image-module.c", folder));
    const shim = compileShim(program, shimSources(), folder);
    const image = module.then(() => compileShim(program, ["image.c"], folder, ["-I", "."]));
    const stack = sockets === undefined ? [] : compileSockets(program, folder);
    const objects = (await Promise.all([shim, image, module, stack])).flat();
    onStage("link");
    await Promise.all([link(objects, folder, "image.elf"), link(objects, folder, "image.debug", false)]);
    const grows = readFileSync(join(folder, "image-module.c"), "utf8").includes("wasm_rt_grow_memory(");
    const made = { elf: readFileSync(join(folder, "image.elf")), debug: readFileSync(join(folder, "image.debug")) };
    return { ...made, tools, note, manifest, pages: core.pages, grows, ...(sockets === undefined ? {} : { sockets }) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Our own stack, as sandboxed as the image: a module with a memory of its own. */
async function compileSockets(program: string, folder: string): Promise<string[]> {
  const made = socketsOf.get(program) ?? translateSockets(program);
  socketsOf.set(program, made);
  const { header, object } = await made;
  writeFileSync(join(folder, "sockets-module.h"), header);
  writeFileSync(join(folder, "sockets-module.o"), object);
  return ["sockets-module.o", ...(await compileShim(program, ["sockets.c"], folder, ["-I", "."]))];
}

/** The same for all images, by the compiler that has made it in this process. */
const socketsOf = new Map<string, ReturnType<typeof translateSockets>>();

async function translateSockets(program: string): Promise<{ header: Uint8Array; object: Uint8Array }> {
  const folder = mkdtempSync(join(tmpdir(), "mirage-wasm-xen-"));
  try {
    writeFileSync(join(folder, "sockets.wasm"), readFileSync(socketsFile));
    await wasm2c("sockets.wasm", "sockets-module.c", folder, "sockets");
    const object = await compileModule(program, "sockets-module.c", folder, ["-DWASM_RT_MEMORY_DATA(memory)=wasm_rt_second_window"]);
    return { header: readFileSync(join(folder, "sockets-module.h")), object: readFileSync(join(folder, object)) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function checkCalls({ imports }: CoreModule): void {
  const given = shimCalls();
  const missing = imports.filter(({ symbol }) => !symbol || !given.has(symbol));
  if (missing.length > 0) fail("MW603", ["xen", missing.map(({ name }) => name).join(", ")]);
}

function header(note: Note, core: CoreModule, sockets: number | undefined): string {
  const digest = [...Buffer.from(note.sha256, "hex")].join(", ");
  return [
    `#define IMAGE_NAME ${JSON.stringify(note.image)}`,
    `#define IMAGE_VERSION ${JSON.stringify(note.version)}`,
    `#define IMAGE_DIGEST ${digest}`,
    `#define IMAGE_NOTE ${JSON.stringify(noteText(note))}`,
    `#define IMAGE_IMPORTS ${Number(core.imports.length > 0)}`,
    `#define IMAGE_REALLOC ${Number(core.realloc)}`,
    `#define IMAGE_SHUTDOWN ${Number(core.shutdown)}`,
    ...(sockets === undefined ? [] : [`#define IMAGE_SOCKETS_VIF ${sockets}`]),
    "",
  ].join("\n");
}
