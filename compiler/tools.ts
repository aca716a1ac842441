import { accessSync, constants } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { packageRoot } from "./package.ts";

/** The path of a program: MIRAGE_WASM_<NAME>, else on PATH, else what this project's set-up has installed (unless
 * MIRAGE_WASM_NO_TOOLS is set). */
export function findTool(name: string): string | undefined {
  const named = process.env[`MIRAGE_WASM_${name.toUpperCase()}`];
  const own = process.env["MIRAGE_WASM_NO_TOOLS"] ? [] : [join(packageRoot, ".tools/bin")];
  const folders = [...(process.env["PATH"] ?? "").split(delimiter).filter(Boolean), ...own];
  return [...(named ? [resolve(named)] : []), ...folders.map((folder) => join(folder, name))].find(isProgram);
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
