import { existsSync, readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { diagnostic, didYouMean, Failure, fail, type Position, positionOf } from "../diagnostic.ts";
import { packageRoot } from "../package.ts";
import { inFile } from "./in-file.ts";

/** A class of a guest file, as the generated code needs to know it. */
export interface GuestClass {
  /** For each type parameter: which of the devices has that type. */
  typeArguments: number[];
  /** No fields and no constructor: it needs no allocation. */
  stateless: boolean;
  /** Whether `start` returns an exit code. */
  returnsCode: boolean;
}

/** A device that the class is given: the name of its type, and its interface as FILE:INTERFACE. */
export interface GivenDevice {
  name: string;
  guest: string;
}

// What is used of AssemblyScript's syntax tree (its NodeKind and CommonFlags are numbers there too).
interface Node {
  kind: number;
  flags: number;
  range: { start: number };
  name: { text: string; range: { start: number }; identifier?: { text: string } };
  typeParameters: { name: { text: string }; extendsType: Node | null; range: { start: number } }[] | null;
  extendsType: Node | null;
  members: Node[];
  signature: { parameters: Parameter[]; returnType: Node };
  path: { value: string };
  declarations: { name: { text: string }; foreignName: { text: string } }[] | null;
}
interface Parameter {
  name: { text: string };
  type: Node;
  initializer: Node | null;
  range: { start: number };
}
const EXPORT = 2;
const STATIC = 32;

/** Types that no device is of. */
const PRIMITIVE = /^(?:[iu](?:8|16|32|64|size)|f32|f64|bool|boolean|number|string|String|void)$/;

/** What the configuration gives to a class: devices to the method, a constructor's behind them constants. */
export interface Given {
  method: "start" | "constructor";
  devices: GivenDevice[];
  /** How many. */
  values: number;
}

/** Where a guest's FILE stands: beside config.ts, or in this package for "mirage-wasm/…". */
export function guestFile(folder: string, file: string): string {
  const own = /^mirage-wasm\/(drivers\/)?(.+)$/.exec(file);
  if (!own) return join(folder, file);
  return join(packageRoot, own[1] ? "drivers" : "runtime", `${own[2]}.ts`);
}

/**
 * Checks a class against what the configuration says of it, in the user's file, and returns what the generated code needs.
 * `known` are the types of devices that there are.
 */
export async function checkClass(folder: string, place: string, { method, devices, values }: Given, known: GivenDevice[], site?: Position): Promise<GuestClass> {
  const [file, name] = splitPlace(place, site);
  const path = guestFile(folder, file);
  if (!existsSync(path)) fail("MW201", [file], site);
  const text = readFileSync(path, "utf8");
  const assemblyscript = await import("assemblyscript");
  const program = assemblyscript.newProgram(assemblyscript.newOptions());
  inFile(file, () => assemblyscript.parse(program, text, file, true));
  const { ClassDeclaration, MethodDeclaration, FieldDeclaration, Import } = (assemblyscript as unknown as { NodeKind: Record<string, number> }).NodeKind;
  const statements = (program.sources.at(-1) as unknown as { statements: Node[] }).statements;
  const at = (node: { range: { start: number } }): Position => positionOf(file, text, node.range.start);

  const wrongSyntax = (program as unknown as { diagnostics: { message: string; range: { start: number } | null }[] }).diagnostics.filter(({ range }) => range);
  if (wrongSyntax.length > 0) throw new Failure(wrongSyntax.map((one) => diagnostic("MW208", [one.message], positionOf(file, text, one.range?.start ?? 0))));
  const declared = statements.find((one) => one.kind === ClassDeclaration && one.name.text === name);
  if (!declared) {
    const meant = didYouMean(
      name,
      statements.flatMap((one) => (one.kind === ClassDeclaration ? [one.name.text] : [])),
    );
    return fail("MW202", [file, name, meant ? ` Did you mean ${meant}?` : ""], site);
  }
  if (!(declared.flags & EXPORT)) fail("MW203", [name], at(declared.name));

  const members = declared.members.filter(({ flags }) => !(flags & STATIC));
  const found = members.find((member) => member.kind === MethodDeclaration && member.name.text === method);
  const parameterNames = devices.map((device) => device.name).join(", ");
  if (!found && method === "start" && !declared.extendsType) fail("MW204", [name, parameterNames], at(declared.name));
  const parameters = found?.signature.parameters ?? [];
  if (found && method === "start" && parameters.length !== devices.length) {
    fail("MW205", [parameters.length, devices.length, parameterNames || "none"], at(found.name));
  }
  const maker = members.find((member) => member.kind === MethodDeclaration && member.name.text === "constructor");
  const made = maker?.signature.parameters ?? [];
  const count = method === "constructor" ? devices.length + values : values;
  const isMade = count <= made.length && count >= made.filter(({ initializer }) => !initializer).length;
  if (!isMade && (maker || !declared.extendsType)) fail("MW218", [name, made.length, count], at((maker ?? declared).name));

  const imports = new Map<string, string>();
  for (const one of statements) {
    if (one.kind !== Import) continue;
    for (const { name: local, foreignName } of one.declarations ?? []) imports.set(local.text, `${resolveModule(file, one.path.value)}:${foreignName.text}`);
  }
  const identify = (type: string): string => imports.get(type) ?? `${file.replace(/\.ts$/, "")}:${type}`;
  const typeParameters = declared.typeParameters ?? [];
  parameters.slice(0, devices.length).forEach((parameter, index) => {
    const written = parameter.type.name?.identifier?.text ?? "";
    const constraint = typeParameters.find((one) => one.name.text === written)?.extendsType?.name.identifier?.text ?? written;
    const meant = known.find(({ guest }) => normal(guest) === identify(constraint));
    const given = devices[index] as GivenDevice;
    const isOther = meant ? meant.guest !== given.guest : PRIMITIVE.test(constraint);
    if (isOther) fail("MW206", [index + 1, meant ? `a ${meant.name}` : constraint, `a ${given.name}`, method], at(parameter));
  });
  const typeOf = (parameter: string): number => parameters.findIndex(({ type }) => type.name?.identifier?.text === parameter);
  const idle = [...typeParameters.filter((one, position) => typeOf(one.name.text) < 0 && position >= devices.length), ...(found?.typeParameters ?? [])][0];
  if (idle) fail("MW219", [idle.name.text, method], at(idle));
  const result = found?.signature.returnType.name?.identifier?.text ?? "void";
  if (found && method === "start" && result !== "void" && result !== "i32") fail("MW207", [result], at(found.signature.returnType));

  return {
    typeArguments: typeParameters.map(({ name: parameter }, position) => {
      const index = typeOf(parameter.text);
      return index < 0 ? position : index;
    }),
    stateless: !declared.extendsType && !members.some((member) => member.kind === FieldDeclaration || member.name.text === "constructor"),
    returnsCode: result === "i32",
  };
}

/** FILE and CLASS of a place. */
export function splitPlace(place: string, site?: Position): [file: string, name: string] {
  const match = /^(.+):([A-Za-z_$][\w$]*)$/.exec(place);
  if (!match) fail("MW209", [place], site);
  return [match?.[1] as string, match?.[2] as string];
}

function resolveModule(from: string, path: string): string {
  return path.startsWith(".") ? posix.join(dirname(from), path) : path;
}

function normal(guest: string): string {
  return guest.replace(/\.ts:/, ":");
}
