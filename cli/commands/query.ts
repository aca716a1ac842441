import { existsSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { imageFile } from "../../compiler/build.ts";
import { Failure, fail, unknownName } from "../../compiler/diagnostic.ts";
import { readManifest } from "../../compiler/manifest.ts";
import { BUILD, type Build, type Context, digestOf, filesOf, read } from "../../compiler/state.ts";
import { devicesOf } from "../../compiler/xen/devices.ts";
import { xenFiles } from "../../compiler/xen/files.ts";
import { loadedBytes, readNote } from "../../compiler/xen/note.ts";
import { argumentLine, keyFact, keyLine } from "../choices.ts";
import { current } from "../current.ts";
import { during, next } from "../report.ts";

type Fact = string | string[] | object;
type Answer = (context: Context, folder: string) => Fact;

const built = (folder: string): Build => read<Build>(folder, BUILD) ?? fail("MW407");

const kinds: Record<string, Answer> = {
  name: ({ graph }) => graph.name,
  target: ({ target }) => target,
  devices: ({ graph }) => graph.devices.map(({ type, place }) => `${type} ${place}`),
  imports: (_, folder) => built(folder).imports,
  keys: ({ keys }) => keys.map(keyFact),
  arguments: (context) => context.arguments,
  files: ({ inputs }) => filesOf(inputs),
  image: (context, folder) => {
    const image = imageFile(folder, context);
    if (!existsSync(image)) fail("MW407");
    return factsOf(relative(process.cwd(), image));
  },
  wit: (_, folder) => built(folder).wit,
  xl: (context, folder) => {
    const path = join(folder, xenFiles(context).xl);
    return existsSync(path) ? readFileSync(path, "utf8") : fail("MW306");
  },
  Makefile: (_, folder) => readFileSync(join(folder, "Makefile"), "utf8"),
};

/** What is not simply printed, where --json does not ask for all of it. */
const texts: Record<string, (context: Context) => string[]> = {
  keys: ({ keys }) => keys.map(keyLine),
  arguments: (context) => context.arguments.map(argumentLine),
};

export async function run(kind: string, path: string | undefined, { file, json, against }: { file: string; json?: boolean; against?: string }): Promise<void> {
  const answer = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
  const names = Object.keys(kinds);
  if (!answer) throw new Failure([unknownName("kind", kind, names)]);
  if (path !== undefined && kind !== "image") fail("MW504", [`query ${kind} takes no path`, " query"]);
  if (against !== undefined && path === undefined) fail("MW504", ["--against compares a file: query image mir-NAME.xen --against NAME.wasm", " query"]);
  const print = (fact: Fact): void => void process.stdout.write(json ? `${JSON.stringify({ schema: 1, [kind]: fact })}\n` : toText(fact));
  if (path !== undefined && against !== undefined) return print(await during("package", compare(path, against)));
  if (path !== undefined) return print(factsOf(path));
  const { folder, context } = await current(file);
  print((!json && texts[kind]?.(context)) || answer(context, folder));
  next("run", file);
}

/** The bytes of an image that the user has named. */
function bytesOf(path: string): Buffer {
  if (!existsSync(path)) fail("MW307", [path]);
  if (!statSync(path).isFile()) fail("MW601", [path, "it is no file"]);
  return readFileSync(path);
}

/** Of a file that is an image: NAME.wasm, or mir-NAME.xen. */
function factsOf(path: string): object {
  const bytes = bytesOf(path);
  const facts = { path, bytes: bytes.length, sha256: digestOf(path) };
  const note = readNote(bytes);
  if (!note) return { ...facts, ...readManifest(bytes, path) };
  return {
    ...facts,
    memory: loadedBytes(bytes),
    image: note.image,
    "image-bytes": note.bytes,
    "image-sha256": note.sha256,
    devices: devicesOf(note.interfaces),
    interfaces: note.interfaces,
    version: note.version,
    compiler: note.compiler,
    linker: note.linker,
    translator: note.translator,
  };
}

/** What is said when `path` is what packaging `image` gives, byte for byte; fails with what differs when not. */
async function compare(path: string, image: string): Promise<string> {
  const [elf] = [path, image].map(bytesOf) as [Buffer, Buffer];
  const note = readNote(elf) ?? fail("MW601", [path, "it was not made by mirage-wasm, or is damaged"]);
  const { packageForXen } = await import("../../compiler/xen/package.ts");
  const again = await packageForXen(image, { name: note.image });
  if (elf.equals(again.elf)) return `${path} is ${image}, packaged: every byte is the same`;
  const other = (["sha256", "version", "compiler", "linker", "translator"] as const).find((key) => note[key] !== again.note[key]);
  return fail("MW604", [path, image, other ? `its ${other} is ${note[other]}, where packaging again gives ${again.note[other]}` : "its bytes have been changed"]);
}

function toText(fact: Fact): string {
  if (typeof fact === "string") return fact.endsWith("\n") ? fact : `${fact}\n`;
  if (Array.isArray(fact)) return fact.map((line) => `${line}\n`).join("");
  const lines = ([name, value]: [string, unknown]): string[] => (Array.isArray(value) ? value.map((one) => `${name} ${inLine(one)}\n`) : [`${name} ${value}\n`]);
  return Object.entries(fact).flatMap(lines).join("");
}

/** As in `name=tap0 vif=0`. */
function inLine(fact: object): string {
  return Object.entries(fact)
    .map(([name, value]) => `${name}=${value}`)
    .join(" ");
}
