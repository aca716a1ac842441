import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { packageRoot } from "../package.ts";

/** The shim's folder: C, and the linker's script. */
export const shimFolder = join(packageRoot, "runtime/xen");

/** Compiled with each image's own header. */
const OF_IMAGE = ["image.c", "sockets.c"];

/** All files that an ELF's code is made of, besides the image. */
export function shimFiles(): string[] {
  return readdirSync(shimFolder, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort();
}

/** Sources of the shim, relative to its folder; without those that are compiled with each image's own header. */
export function shimSources(): string[] {
  return shimFiles()
    .map((file) => relative(shimFolder, file))
    .filter((name) => /\.[cS]$/.test(name) && !OF_IMAGE.includes(name));
}

/** The C names of the calls that the shim gives, read from its sources. */
export function shimCalls(): Set<string> {
  const calls = shimSources()
    .filter((name) => name.startsWith("wasi/"))
    .flatMap((name) => [...readFileSync(join(shimFolder, name), "utf8").matchAll(/^WASI\(\w+, (\w+)/gm)].map(([, call]) => call as string));
  return new Set(calls);
}
