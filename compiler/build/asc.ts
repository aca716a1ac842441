import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { APIOptions, Transform } from "assemblyscript/asc";
import type { Diagnostic, Position } from "../diagnostic.ts";
import { packageRoot } from "../package.ts";
import { crashDiagnostic, withoutExit } from "./asc-crash.ts";
import { ascDiagnostics } from "./asc-diagnostic.ts";
import { noteFunctions, type Program } from "./asc-program.ts";
import { guestLibrary } from "./library.ts";

/** The options of one call of AssemblyScript's compiler: the names of its command line, without dashes. */
export interface AscOptions {
  [name: string]: string | number | boolean | string[];
}

export interface AscResult {
  /** The core module, not optimised, with its names. Absent when there are errors. */
  wasm?: Uint8Array;
  /** Its source map. */
  map?: string;
  diagnostics: Diagnostic[];
  /** The files that were read, relative to the folder. */
  files: string[];
}

/** The options of the package's asconfig.json for one of its targets. */
export function ascOptions(target: "kernel" | "app" | "sockets"): AscOptions {
  const config = JSON.parse(readFileSync(join(packageRoot, "asconfig.json"), "utf8")) as {
    options: AscOptions;
    targets: Record<string, AscOptions>;
  };
  return { ...config.options, ...config.targets[target] };
}

/**
 * Compiles `entry` (a path relative to `folder`) in this process. Names in the module and in diagnostics are relative to
 * `folder`, so that the bytes do not depend on where it lies.
 */
export async function compileAssemblyScript(folder: string, entry: string, options: AscOptions): Promise<AscResult> {
  const asc = await guestLibrary();
  const messages: unknown[] = [];
  const files = new Set<string>();
  let wasm: Uint8Array | undefined;
  let map: string | undefined;
  let program: Program | undefined;
  let functions: (Position | undefined)[] = [];
  // An asconfig.json of the user's is not ours to read.
  const args = [entry, "--config", "mirage-wasm.none", "--outFile", "app.wasm", ...toArguments(options)];
  const host: APIOptions = {
    stdout: asc.createMemoryStream(),
    stderr: asc.createMemoryStream(),
    readFile: (name) => readSource(folder, name, files),
    writeFile: (_name, contents) => {
      if (typeof contents === "string") map = contents;
      else wasm = contents;
    },
    listFiles: () => [],
    reportDiagnostic: (message) => void messages.push(message),
    transforms: [
      {
        afterInitialize(made: unknown) {
          program = made as Program;
          functions = noteFunctions(program);
        },
      } as Transform,
    ],
  };
  const error = await withoutExit(() => asc.main(args, host));
  const diagnostics = ascDiagnostics(messages, folder, functions);
  if (error && diagnostics.length === 0) diagnostics.push(crashDiagnostic(error, program));
  return { ...(wasm && !error ? { wasm } : {}), ...(map ? { map } : {}), diagnostics, files: [...files].sort() };
}

function toArguments(options: AscOptions): string[] {
  return Object.entries(options).flatMap(([name, value]) => {
    if (value === true) return [`--${name}`];
    if (value === false) return [];
    return (Array.isArray(value) ? value : [value]).flatMap((one) => [`--${name}`, String(one)]);
  });
}

function readSource(folder: string, name: string, files: Set<string>): string | null {
  try {
    const text = readFileSync(join(folder, name), "utf8");
    files.add(name);
    return text;
  } catch {
    return null;
  }
}
