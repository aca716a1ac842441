import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../package.ts";

/** The shim's folder: C, and the linker's script. */
export const shimFolder = join(packageRoot, "runtime/xen");

const IMAGE = "image.c";

/** Sources of the shim, relative to its folder; without the one that is compiled with each image's own header. */
export function shimSources(): string[] {
  return (readdirSync(shimFolder, { recursive: true, encoding: "utf8" }) as string[]).filter((name) => /\.[cS]$/.test(name) && name !== IMAGE).sort();
}

/** The C names of the calls that the shim gives, read from its sources. */
export function shimCalls(): Set<string> {
  const calls = shimSources()
    .filter((name) => name.startsWith("wasi/"))
    .flatMap((name) => [...readFileSync(join(shimFolder, name), "utf8").matchAll(/^WASI\(\w+, (\w+)/gm)].map(([, call]) => call as string));
  return new Set(calls);
}
