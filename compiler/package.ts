import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of this package: of its package.json, `runtime/` and `drivers/`. */
export const packageRoot = findRoot();

const manifest = JSON.parse(readFileSync(join(packageRoot, "package.json"), "utf8")) as { version: string };

/** This package's version, as in "0.1.0". */
export const version = manifest.version;

// This file stands in compiler/ in the sources and in build/compiler/ when it is compiled.
function findRoot(): string {
  const here = dirname(dirname(fileURLToPath(import.meta.url)));
  return here.endsWith("build") ? dirname(here) : here;
}
