import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { type Diagnostic, diagnostic, Failure } from "../diagnostic.ts";
import { ArgumentFinder, type DeclaredArgument, type Kinds, LIBRARY, MODULE, type Place, type Source } from "./argument-finder.ts";
import { guestFile, splitPlace } from "./check-class.ts";
import type { Graph } from "./graph.ts";
import { inFile } from "./in-file.ts";

export interface FoundArguments {
  arguments: DeclaredArgument[];
  /** The user's files that jobs and devices are made of, relative to the folder. */
  files: string[];
}

/** Reads the declarations out of all that the image's jobs and devices import. Throws a Failure when two are the same. */
export async function findArguments(folder: string, graph: Graph): Promise<FoundArguments> {
  if (graph.core) return { arguments: [], files: [] };
  const { kinds, sources } = await parseAll(
    folder,
    [...graph.jobs, ...graph.devices].map(({ place }) => splitPlace(place)[0]),
  );
  const hasCommandLine = sources.some(({ normalizedPath }) => normalizedPath === `${LIBRARY}${MODULE}.ts`);
  const found = hasCommandLine ? sources.flatMap((source) => new ArgumentFinder(source, kinds, graph).find()) : [];
  check(found, folder);
  return { arguments: found, files: sources.map(({ normalizedPath }) => normalizedPath).filter((path) => !path.startsWith(LIBRARY)) };
}

/** The syntax trees of these files and of all that they import. */
async function parseAll(folder: string, entries: string[]): Promise<{ kinds: Kinds; sources: Source[] }> {
  const assemblyscript = await import("assemblyscript");
  const program = assemblyscript.newProgram(assemblyscript.newOptions());
  for (const file of new Set(entries)) {
    const name = file.startsWith("mirage-wasm/") ? `${LIBRARY}${file}.ts` : file;
    assemblyscript.parse(program, readFileSync(guestFile(folder, file), "utf8"), name, true);
  }
  for (let path = assemblyscript.nextFile(program); path !== null; path = assemblyscript.nextFile(program)) {
    const [name, file] = candidates(folder, path).find(([, one]) => existsSync(one)) ?? [];
    // One that is missing is told by the build.
    inFile(name ?? path, () => assemblyscript.parse(program, file === undefined ? "" : readFileSync(file, "utf8"), name ?? `${path}.ts`, false));
  }
  return { kinds: (assemblyscript as unknown as { NodeKind: Kinds }).NodeKind, sources: program.sources as unknown as Source[] };
}

/** Where a module may stand, and the name of each place, as AssemblyScript's compiler looks for it. */
function candidates(folder: string, path: string): [name: string, file: string][] {
  if (path.startsWith(`${LIBRARY}mirage-wasm/`)) return [[`${path}.ts`, guestFile(folder, path.slice(LIBRARY.length))]];
  const both = (at: string): [string, string][] => [`${at}.ts`, `${at}/index.ts`].map((name) => [name, join(folder, name)]);
  if (!path.startsWith(LIBRARY)) return both(path);
  const found: [string, string][] = [];
  for (let at = folder; ; at = dirname(at)) {
    found.push(...both(join(relative(folder, at), "node_modules", path.slice(LIBRARY.length))));
    if (dirname(at) === at) return found;
  }
}

/** Names that cannot be typed, and those that are there already. */
function check(found: DeclaredArgument[], folder: string): void {
  const seen = new Map<string, Place>([["--help", { file: "mirage-wasm/help.ts", line: 1 }]]);
  const wrong: Diagnostic[] = [];
  // The user's come last: of two, theirs is the one to be changed.
  const isOurs = ({ place }: DeclaredArgument): boolean => place.file.startsWith("mirage-wasm/");
  for (const { name, short, place } of [...found.filter(isOurs), ...found.filter((one) => !isOurs(one))]) {
    const position = { ...place, column: 1, source: lineOf(folder, place) };
    if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/i.test(name)) wrong.push(diagnostic("MW214", [name], position));
    if (short !== undefined && !/^[a-z]$/i.test(short)) wrong.push(diagnostic("MW216", [JSON.stringify(short)], position));
    for (const typed of [`--${name}`, ...(short === undefined ? [] : [`-${short}`])]) {
      const other = seen.get(typed);
      if (other) wrong.push(diagnostic("MW215", [typed, `${other.file}:${other.line}`], position));
      seen.set(typed, place);
    }
  }
  if (wrong.length > 0) throw new Failure(wrong);
}

function lineOf(folder: string, { file, line }: Place): string {
  return readFileSync(guestFile(folder, file.startsWith("mirage-wasm/") ? file.replace(/\.ts$/, "") : file), "utf8").split("\n")[line - 1] ?? "";
}
