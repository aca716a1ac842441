import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { XenOptions } from "../config/register.ts";
import type { Graph } from "../configure/graph.ts";
import { replaceFile } from "../generated-file.ts";
import type { Context } from "../state.ts";
import { type ToolVersions, toolVersions } from "./compile.ts";
import { xenFiles } from "./files.ts";
import { type Packaged, packageForXen } from "./package.ts";
import { vifsOf } from "./vifs.ts";
import { memoryFor, writeXl, xlText } from "./xl.ts";

/** What the target xen makes of an image, beside it in dist/. */
export interface XenArtefacts {
  /** Path of mir-NAME.xen, relative to the folder of config.ts, and its size. */
  elf: string;
  size: number;
  /** Of NAME.xl, or of NAME.xl.new. */
  xl: string;
  /** MiB that NAME.xl asks for. */
  memory: number;
  /** What has made the ELF. */
  tools: ToolVersions;
}

/** Packages the image that was built in `folder`. */
export async function buildForXen(folder: string, context: Context, image: string, onStage: (stage: string) => void): Promise<XenArtefacts> {
  const { graph } = context;
  const files = xenFiles(context);
  const packaged = await packageForXen(image, { onStage });
  const { elf, tools } = packaged;
  replaceFile(join(folder, files.elf), elf);
  replaceFile(join(folder, files.debug), packaged.debug);
  const xl = writeXl(join(folder, files.xl), xlOf(graph, packaged));
  return { elf: files.elf, size: elf.length, xl: relative(folder, xl), memory: memoryOf(graph, packaged), tools };
}

/** Whether the same tools would make it now. */
export async function isMadeByTheseTools({ tools }: XenArtefacts): Promise<boolean> {
  return JSON.stringify(tools) === JSON.stringify(await toolVersions());
}

/** The domain of an image: its ELF and the text of its NAME.xl. For the target xen these are in dist/, and the latter may have been edited. */
export async function domainOf(folder: string, context: Context, image: string): Promise<{ elf: Uint8Array; xl: string }> {
  const files = xenFiles(context);
  if (context.target === "xen") return { elf: readFileSync(join(folder, files.elf)), xl: readFileSync(join(folder, files.xl), "utf8") };
  const packaged = await packageForXen(image);
  replaceFile(join(folder, files.debug), packaged.debug);
  return { elf: packaged.elf, xl: xlOf(context.graph, packaged) };
}

function xlOf(graph: Graph, packaged: Packaged): string {
  const xen = optionsOf(graph, packaged);
  return xlText({ name: graph.name, kernel: `mir-${graph.name}.xen`, memory: memoryOf(graph, packaged), options: xen });
}

function memoryOf(graph: Graph, packaged: Packaged): number {
  return graph.domainMemory ?? memoryFor(packaged, graph.maximumPages, optionsOf(graph, packaged).vif?.length ?? 0);
}

/** What register says, with the vifs that the image's networks are. */
function optionsOf(graph: Graph, { manifest, sockets }: Packaged): XenOptions {
  const vif = vifsOf(manifest, sockets === undefined ? undefined : { image: graph.name, vif: sockets });
  return { ...(vif.length > 0 ? { vif } : {}), ...graph.xen };
}
