import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { packageRoot } from "./package.ts";

/** The path of a program: MIRAGE_WASM_<NAME>, else on PATH, else what this project's set-up has installed. */
export function findTool(name: string): string | undefined {
  const named = process.env[`MIRAGE_WASM_${name.toUpperCase()}`];
  const folders = [...(process.env["PATH"] ?? "").split(delimiter).filter(Boolean), join(packageRoot, ".tools/bin")];
  return [...(named ? [named] : []), ...folders.map((folder) => join(folder, name))].find(isProgram);
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
