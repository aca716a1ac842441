import { positionOf } from "../diagnostic.ts";
import { splitPlace } from "./check-class.ts";
import type { Graph } from "./graph.ts";

/** An argument of the image, as its source declares it. */
export interface DeclaredArgument {
  name: string;
  /** Its short form, one letter. */
  short?: string;
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

// What is used of AssemblyScript's syntax tree.
export interface Node {
  kind: number;
  range: { start: number; end: number };
}
export interface Source {
  normalizedPath: string;
  text: string;
  statements: Node[];
}
interface Call extends Node {
  expression: Access;
  args: Node[];
}
type New = Node & Partial<Pick<Call, "args">>;
interface Access extends Node {
  expression: Node;
  property: { text: string };
}
interface Named extends Node {
  name: { text: string };
}
interface Import extends Node {
  path: { value: string };
  declarations: (Named & { foreignName: { text: string } })[] | null;
}
interface Class extends Named {
  members: (Named & { signature?: { parameters: Named[] } })[];
}
export type Kinds = Record<"Call" | "PropertyAccess" | "Identifier" | "Literal" | "New" | "ClassDeclaration" | "VariableDeclaration" | "Import", number>;

export const LIBRARY = "~lib/";
/** Who imports this declares arguments, and without it in the image there is no command line. */
export const MODULE = "mirage-wasm/argument";
/** What our own files import in its place. */
const OURS = "./arguments";
/** What declares arguments in a module that is imported, and in our own files. */
const DECLARES = "argument";

/** What the parameters of a class's constructor are, in one device of it: undefined where nobody knows. */
type Given = Map<string, string | undefined>;

/** Finds the arguments that one file declares. */
export class ArgumentFinder {
  private readonly found: DeclaredArgument[] = [];
  /** What is called on a declaration: `argument.port(…).required().short("p")`. */
  private readonly modifiers = new Map<Node, Map<string, Node[]>>();
  /** By which names the file has what declares arguments. */
  private readonly entries = new Set<string>();
  /** What has a name and may be a group. */
  private readonly named = new Map<string, Node>();
  /** Of the class around, in the device that is looked at. */
  private given: Given = new Map();

  constructor(
    private readonly source: Source,
    private readonly kinds: Kinds,
    private readonly graph: Graph,
  ) {}

  find(): DeclaredArgument[] {
    for (const statement of this.source.statements) if (statement.kind === this.kinds.Import) this.enter(statement as Import);
    if (this.entries.size > 0) for (const statement of this.source.statements) this.visit(statement);
    return this.found;
  }

  private enter({ path, declarations }: Import): void {
    if (path.value === OURS && this.source.normalizedPath.startsWith(LIBRARY)) this.entries.add(DECLARES);
    if (path.value !== MODULE) return;
    for (const { name, foreignName } of declarations ?? []) if (foreignName.text === DECLARES) this.entries.add(name.text);
  }

  private visit(value: unknown): void {
    if (Array.isArray(value)) for (const one of value) this.visit(one);
    if (typeof value !== "object" || value === null || typeof (value as Node).kind !== "number") return;
    const node = value as Node;
    const around = this.given;
    const devices = node.kind === this.kinds.ClassDeclaration ? this.devicesOf(node as Class) : [around];
    for (const given of devices) {
      this.given = given;
      this.look(node);
    }
    this.given = around;
  }

  private look(node: Node): void {
    if (node.kind === this.kinds.VariableDeclaration) this.name(node as Named & { initializer: Node | null });
    if (node.kind === this.kinds.Call) this.call(node as Call);
    for (const [key, part] of Object.entries(node)) if (key !== "range") this.visit(part);
  }

  /** Each device that is made of a class. */
  private devicesOf({ name, members }: Class): Given[] {
    const parameters = members.find((one) => one.name.text === "constructor")?.signature?.parameters ?? [];
    const path = this.source.normalizedPath.replace(LIBRARY, "").replace(/\.ts$/, "");
    const made = [...this.graph.devices, ...this.graph.jobs].filter(({ place }) => {
      const [file, className] = splitPlace(place);
      return file.replace(/\.ts$/, "") === path && className === name.text;
    });
    const given = made.map(({ devices, values }) => [...devices.map(() => undefined), ...values.map(String)]);
    return (given.length > 0 ? given : [[]]).map((one) => new Map(parameters.map((parameter, index) => [parameter.name.text, one[index]])));
  }

  private name({ name, initializer }: Named & { initializer: Node | null }): void {
    if (initializer) this.named.set(name.text, initializer);
  }

  private call(call: Call): void {
    if (call.expression.kind !== this.kinds.PropertyAccess) return;
    const { expression: on, property } = call.expression;
    this.modify(on, property.text, call.args);
    if (property.text !== "group") this.declaration(call, on, property.text);
  }

  /** Notes what is called on a declaration, through all that is called on it before. */
  private modify(on: Node, name: string, args: Node[]): void {
    for (let at = on; at.kind === this.kinds.Call && (at as Call).expression.kind === this.kinds.PropertyAccess; at = (at as Call).expression.expression) {
      const known = this.modifiers.get(at) ?? new Map<string, Node[]>();
      this.modifiers.set(at, known.set(name, args));
    }
  }

  private declaration(call: Call, on: Node, type: string): void {
    const { given } = this;
    const prefix = this.prefix(on, given);
    const own = type === "of" ? (call.args[0] as New | undefined) : undefined;
    const [first, second, doc] = call.args.map((one) => this.text(one, given));
    const name = own ? second : first;
    if (prefix === undefined || name === undefined) return;
    const value = own ? own.args?.[0] && this.text(own.args[0], given) : second;
    const modifiers = this.modifiers.get(call);
    const [letter] = modifiers?.get("short") ?? [];
    const { file, line } = positionOf(this.source.normalizedPath.replace(LIBRARY, ""), this.source.text, call.range.start);
    this.found.push({
      name: prefix + name,
      ...(letter ? { short: this.text(letter, given) ?? "" } : {}),
      type: own ? (/^new (\w+)/.exec(first ?? "")?.[1] ?? type) : type,
      ...(modifiers?.has("required") ? { required: true as const } : { default: value ?? "" }),
      doc: doc ?? "",
      place: { file, line },
    });
  }

  /** The prefix of what declares arguments: `argument`, a group of it, or a name of one. */
  private prefix(node: Node, given: Given): string | undefined {
    if (node.kind === this.kinds.Identifier) {
      const { text } = node as Node & { text: string };
      const named = this.named.get(text);
      return this.entries.has(text) ? "" : named && this.prefix(named, given);
    }
    const { expression, args } = node as Call;
    if (node.kind !== this.kinds.Call || expression.kind !== this.kinds.PropertyAccess || expression.property.text !== "group") return undefined;
    const around = this.prefix(expression.expression, given);
    const group = args[0] && this.text(args[0], given);
    return around === undefined || group === undefined ? undefined : group === "" ? around : `${around}${group}-`;
  }

  /** A text without its quotes; of a parameter, what it is given; of anything else, what stands in the source. */
  private text(node: Node, given: Given): string | undefined {
    const { value } = node as Node & { value?: unknown };
    if (node.kind === this.kinds.Literal && typeof value === "string") return value;
    const { start, end } = node.range;
    const text = this.source.text.slice(start, end);
    if (given.has(text)) return given.get(text);
    // What readCommandLine is given.
    return text === "imageName" ? this.graph.name : text;
  }
}
