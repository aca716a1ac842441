import { existsSync, readdirSync } from "node:fs";
import { isBuiltin } from "node:module";
import { dirname, join, posix, relative } from "node:path";
import { didYouMean } from "../diagnostic.ts";
import type { Code } from "../messages.ts";
import { packageRoot } from "../package.ts";
import { guestFile } from "./check-class.ts";

/** The file that an import means, as AssemblyScript finds it; or what is wrong; nothing of what is not the user's. */
export function resolveImport(folder: string, file: string, from: string): string | [Code, string[]] | undefined {
  if (from.startsWith(".")) {
    const path = posix.join(dirname(file), from.replace(/\.ts$/, ""));
    return existing(folder, [`${path}.ts`, `${path}/index.ts`]) ?? ["MW259", [from]];
  }
  if (isBuiltin(from)) return ["MW257", [from]];
  if (from === "mirage-wasm" || from.startsWith("mirage-wasm/")) return unknownModule(folder, from);
  const [, name, rest = "index"] = /^((?:@[^/]+\/)?[^/]+)(?:\/(.+))?$/.exec(from) ?? [];
  for (let at = join(folder, dirname(file)); ; at = dirname(at)) {
    const root = relative(folder, join(at, "node_modules", name ?? ""));
    const found = existing(folder, [`${root}/${rest}.ts`, `${root}/${rest}/index.ts`, `${root}/assembly/${rest}.ts`, `${root}/assembly/${rest}/index.ts`]);
    if (found || at === dirname(at)) return found;
  }
}

function existing(folder: string, paths: string[]): string | undefined {
  return paths.find((path) => existsSync(join(folder, path)));
}

function unknownModule(folder: string, from: string): [Code, string[]] | undefined {
  if (existsSync(guestFile(folder, from)) && from !== "mirage-wasm") return undefined;
  const known = readdirSync(join(packageRoot, "runtime"))
    .filter((file) => /^[^.]+\.ts$/.test(file))
    .map((file) => `mirage-wasm/${file.slice(0, -3)}`);
  const meant = didYouMean(from, known);
  return ["MW258", [from, meant ? ` Did you mean ${meant}?` : ""]];
}
