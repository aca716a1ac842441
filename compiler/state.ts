import { createHash } from "node:crypto";
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Key } from "./config/key.ts";
import type { DeclaredArgument } from "./configure/argument-finder.ts";
import type { ImageInfo } from "./configure/find-libraries.ts";
import type { Graph } from "./configure/graph.ts";
import { fail } from "./diagnostic.ts";
import { filesIn } from "./folder.ts";
import { version } from "./package.ts";
import type { XenArtefacts } from "./xen/build.ts";

/** What `configure` remembers for the rest. */
export interface Context {
  /** The header of generated files. */
  generated: string;
  version: string;
  /** The configuration, relative to its folder. */
  file: string;
  target: string;
  graph: Graph;
  keys: Key<unknown>[];
  arguments: DeclaredArgument[];
  info: ImageInfo;
  /** Whether the image's name is not the registered one. */
  renamed?: boolean;
  /** SHA-256 of every file that the configuration was read from, by path relative to the folder. */
  inputs: Record<string, string>;
}

/** What `build` remembers: of which inputs the image in dist/ was made. */
export interface Build {
  generated: string;
  /** What builds have left in dist/, those of images with other names too; relative to the folder. */
  artefacts: string[];
  inputs: Record<string, string>;
  wit: string;
  imports: string[];
  threads: boolean;
  collector: boolean;
  /** What the target xen made of the image. */
  xen?: XenArtefacts;
}

/** The generated files of a configuration's folders. */
export function folderFiles({ devices }: Graph): string[] {
  return devices.flatMap(({ folder }, index) => (folder ? [`mirage/folder${index}.ts`] : []));
}

export const CONTEXT = "mirage/context.json";
export const BUILD = "mirage/build.json";

export function readContext(folder: string): Context {
  return read<Context>(folder, CONTEXT) ?? fail("MW301");
}

/** A file of state, if it is there and of this version of the tool. */
export function read<T>(folder: string, path: string): T | undefined {
  if (!existsSync(join(folder, path))) return undefined;
  try {
    const state = JSON.parse(readFileSync(join(folder, path), "utf8")) as T & { generated?: string };
    return state.generated?.includes(`mirage-wasm ${version} `) ? state : undefined;
  } catch {
    return undefined;
  }
}

const ABSENT = "absent";

/** Of a file, or of a folder with all that is in it. */
export function digestOf(file: string): string {
  const kind = statSync(file, { throwIfNoEntry: false });
  if (!kind) return ABSENT;
  const content = kind.isDirectory() ? JSON.stringify(filesIn(file).map((path) => [path, digestOf(join(file, path))])) : readFileSync(file);
  return createHash("sha256").update(content).digest("hex");
}

export function digests(folder: string, files: string[]): Record<string, string> {
  return Object.fromEntries([...new Set(files)].sort().map((file) => [file, digestOf(join(folder, file))]));
}

/** Those of the inputs that were there. */
export function filesOf(inputs: Record<string, string>): string[] {
  return Object.keys(inputs).filter((file) => inputs[file] !== ABSENT);
}

/** Whether none of these files has changed since. */
export function unchanged(folder: string, inputs: Record<string, string>): boolean {
  return Object.entries(inputs).every(([file, digest]) => digestOf(join(folder, file)) === digest);
}

export function toText(state: Context | Build): string {
  return `${JSON.stringify(state, null, 2)}\n`;
}
