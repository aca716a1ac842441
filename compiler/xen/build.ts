import { join, relative } from "node:path";
import { pagesOf } from "../configure/graph.ts";
import { replaceFile } from "../generated-file.ts";
import type { Context } from "../state.ts";
import { xenFiles } from "./files.ts";
import { packageForXen } from "./package.ts";
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
}

/** Packages the image that was built in `folder`. */
export async function buildForXen(folder: string, context: Context, image: string, onStage: (stage: string) => void): Promise<XenArtefacts> {
  const { graph } = context;
  const files = xenFiles(context);
  const packaged = await packageForXen(image, { onStage });
  const { elf } = packaged;
  replaceFile(join(folder, files.elf), elf);
  replaceFile(join(folder, files.debug), packaged.debug);
  const stated = pagesOf(graph.xen.memory, undefined);
  const memory = stated === undefined ? memoryFor(packaged, graph.maximumPages) : Math.ceil(stated / 16);
  const xl = writeXl(join(folder, files.xl), xlText({ name: graph.name, kernel: `mir-${graph.name}.xen`, memory, options: graph.xen }));
  return { elf: files.elf, size: elf.length, xl: relative(folder, xl), memory };
}
