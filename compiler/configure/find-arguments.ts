import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { type Diagnostic, diagnostic, Failure, type Position, positionOf } from "../diagnostic.ts";
import { guestFile, splitPlace } from "./check-class.ts";
import type { Graph } from "./graph.ts";

/** An argument of the image, as its source declares it. */
export interface DeclaredArgument {
  name: string;
  /** The function that declares it, as "port"; of a type of the user's own, its class. */
  type: string;
  /** As it stands in the source; a text without its quotes. */
  default?: string;
  required?: true;
  doc: string;
  place: Place;
}

/** A line of a file, relative to the folder of config.ts or "mirage-wasm/…". */
export interface Place {
  file: string;
  line: number;
}

export interface FoundArguments {
  arguments: DeclaredArgument[];
  /** The user's files that jobs and devices are made of, relative to the folder. */
  files: string[];
}

// What is used of AssemblyScript's syntax tree.
interface Node {
  kind: number;
  range: { start: number; end: number };
}
interface Source {
  normalizedPath: string;
  text: string;
  statements: Node[];
}
interface Call extends Node {
  expression: Access;
  args: Node[];
}
interface Access extends Node {
  expression: Node;
  property: { text: string };
}
interface Named extends Node {
  name: { text: string };
}
interface Class extends Named {
  members: (Named & { signature?: { parameters: Named[] } })[];
}
type Kinds = Record<"Call" | "PropertyAccess" | "Identifier" | "Literal" | "New" | "ClassDeclaration" | "VariableDeclaration" | "Import", number>;

const LIBRARY = "~lib/";
/** The name by which files import what declares arguments, and what command-line.ts calls its own. */
const DECLARES = "argument";

/** Reads the declarations out of all that the image's jobs and devices import. Throws a Failure when two are the same. */
export async function findArguments(folder: string, graph: Graph): Promise<FoundArguments> {
  if (graph.core) return { arguments: [], files: [] };
  const { kinds, sources } = await parseAll(
    folder,
    [...graph.jobs, ...graph.devices].map(({ place }) => splitPlace(place)[0]),
  );
  const found = sources.flatMap((source) => new Finder(source, kinds, graph).find());
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
    assemblyscript.parse(program, file === undefined ? "" : readFileSync(file, "utf8"), name ?? `${path}.ts`, false);
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

/** Finds the declarations of one file. */
class Finder {
  private readonly found: DeclaredArgument[] = [];
  private readonly required = new Set<Node>();
  /** Groups that have a name, and the prefixes that they stand for. */
  private readonly groups = new Map<string, string[]>();
  private class: Class | undefined;

  constructor(
    private readonly source: Source,
    private readonly kinds: Kinds,
    private readonly graph: Graph,
  ) {}

  find(): DeclaredArgument[] {
    if (this.declares()) for (const statement of this.source.statements) this.visit(statement);
    return this.found;
  }

  private declares(): boolean {
    const isOurs = (one: Node): boolean => one.kind === this.kinds.Import && (one as Node & { path: { value: string } }).path.value === "mirage-wasm/argument";
    return this.source.normalizedPath === `${LIBRARY}mirage-wasm/command-line.ts` || this.source.statements.some(isOurs);
  }

  private visit(value: unknown): void {
    if (Array.isArray(value)) for (const one of value) this.visit(one);
    if (typeof value !== "object" || value === null || typeof (value as Node).kind !== "number") return;
    const node = value as Node;
    if (node.kind === this.kinds.ClassDeclaration) this.class = node as Class;
    if (node.kind === this.kinds.VariableDeclaration) this.nameGroup(node as Named & { initializer: Node | null });
    if (node.kind === this.kinds.Call) this.read(node as Call);
    for (const [key, part] of Object.entries(node)) if (key !== "range") this.visit(part);
    if (node.kind === this.kinds.ClassDeclaration) this.class = undefined;
  }

  private nameGroup({ name, initializer }: Named & { initializer: Node | null }): void {
    const prefixes = initializer && this.prefixes(initializer);
    if (prefixes) this.groups.set(name.text, prefixes);
  }

  /** The prefixes of what declares arguments: `argument`, a group of it, or a name of one. */
  private prefixes(node: Node): string[] | undefined {
    if (node.kind === this.kinds.Identifier) {
      const { text } = node as Node & { text: string };
      return text === DECLARES ? [""] : this.groups.get(text);
    }
    const { expression, args } = node as Call;
    if (node.kind !== this.kinds.Call || expression.kind !== this.kinds.PropertyAccess || expression.property.text !== "group") return undefined;
    const names = this.values(args[0]);
    return this.prefixes(expression.expression)?.flatMap((prefix) => names.map((name) => (name === "" ? prefix : `${prefix}${name}-`)));
  }

  /** What a group's name may be: a text, or what the devices of this class are given. */
  private values(node: Node | undefined): string[] {
    const text = node && this.text(node);
    if (node?.kind !== this.kinds.Identifier || !this.class) return text === undefined ? [] : [text];
    const parameters = this.class.members.find(({ name }) => name.text === "constructor")?.signature?.parameters ?? [];
    const index = parameters.findIndex(({ name }) => name.text === text);
    const path = this.source.normalizedPath.replace(LIBRARY, "").replace(/\.ts$/, "");
    const made = this.graph.devices.filter(({ place }) => place.replace(/\.ts:/, ":") === `${path}:${this.class?.name.text}`);
    return made.flatMap(({ devices, values }) => (index < devices.length ? [] : [String(values[index - devices.length] ?? "")]));
  }

  private read(call: Call): void {
    if (call.expression.kind !== this.kinds.PropertyAccess) return;
    const { expression: owner, property } = call.expression;
    if (property.text === "required") this.required.add(owner);
    const prefixes = this.prefixes(owner);
    if (!prefixes || property.text === "group") return;
    const isOwn = property.text === "of";
    const [first, second, doc] = call.args.map((one) => this.text(one));
    const name = isOwn ? second : first;
    if (name === undefined) return;
    const type = isOwn ? (/^new (\w+)/.exec(first ?? "")?.[1] ?? "of") : property.text;
    const { file, line } = this.position(call);
    for (const prefix of prefixes) {
      this.found.push({
        name: prefix + name,
        type,
        ...(isOwn || this.required.has(call) ? {} : { default: second ?? "" }),
        ...(this.required.has(call) ? { required: true as const } : {}),
        doc: doc ?? "",
        place: { file, line },
      });
    }
  }

  private position({ range }: Node): Position {
    return positionOf(this.source.normalizedPath.replace(LIBRARY, ""), this.source.text, range.start);
  }

  /** A text without its quotes; of anything else, what stands in the source. */
  private text(node: Node): string {
    const { value } = node as Node & { value?: unknown };
    if (node.kind === this.kinds.Literal && typeof value === "string") return value;
    const { start, end } = node.range;
    const text = this.source.text.slice(start, end);
    // What readCommandLine is given.
    return text === "imageName" ? this.graph.name : text;
  }
}

/** Names that cannot be typed, and those that are there already. */
function check(found: DeclaredArgument[], folder: string): void {
  const seen = new Map<string, Place>([["help", { file: "mirage-wasm/help.ts", line: 1 }]]);
  const wrong: Diagnostic[] = [];
  // The user's come last: of two, theirs is the one to be changed.
  const isOurs = ({ place }: DeclaredArgument): boolean => place.file.startsWith("mirage-wasm/");
  for (const { name, place } of [...found.filter(isOurs), ...found.filter((one) => !isOurs(one))]) {
    const position = { ...place, column: 1, source: lineOf(folder, place) };
    const other = seen.get(name);
    if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/i.test(name)) wrong.push(diagnostic("MW214", [name], position));
    else if (other) wrong.push(diagnostic("MW215", [name, `${other.file}:${other.line}`], position));
    seen.set(name, place);
  }
  if (wrong.length > 0) throw new Failure(wrong);
}

function lineOf(folder: string, { file, line }: Place): string {
  return readFileSync(guestFile(folder, file.startsWith("mirage-wasm/") ? file.replace(/\.ts$/, "") : file), "utf8").split("\n")[line - 1] ?? "";
}
