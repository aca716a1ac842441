import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { packageRoot } from "../package.ts";

const require = createRequire(import.meta.url);
const MANIFEST = "package.json";

/** What is known of an image beside its name: what `info()` of mirage-wasm/info says, and `describe`. */
export interface ImageInfo {
  /** Of the package.json beside config.ts; "" where that says none. */
  version: string;
  /** Packages whose code it is made of, in the order of their names. */
  libraries: { name: string; version: string }[];
}

/** By the user's `sources`; `files` are those that were looked for. All are relative to the folder. */
export function findLibraries(folder: string, sources: string[]): { info: ImageInfo; files: string[] } {
  if (sources.length === 0) return { info: { version: "", libraries: [] }, files: [] };
  // The innermost package that a source belongs to.
  const packages = new Map(
    sources.flatMap((source) => [...source.matchAll(/^.*node_modules\/((?:@[^/]+\/)?[^/]+)/g)].map(([path, name]) => [name as string, join(path, MANIFEST)])),
  );
  const libraries = [
    ...[...packages].map(([name, manifest]) => ({ name, version: versionIn(join(folder, manifest)) })),
    { name: "assemblyscript", version: versionIn(require.resolve("assemblyscript/package.json")) },
    { name: "mirage-wasm", version: versionIn(join(packageRoot, MANIFEST)) },
  ].sort((a, b) => (a.name < b.name ? -1 : 1));
  return { info: { version: versionIn(join(folder, MANIFEST)), libraries }, files: [MANIFEST, ...packages.values()] };
}

function versionIn(manifest: string): string {
  if (!existsSync(manifest)) return "";
  const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { version?: unknown };
  return typeof version === "string" ? version : "";
}
