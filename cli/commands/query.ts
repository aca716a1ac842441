import { existsSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { imageFile } from "../../compiler/build.ts";
import { Failure, fail, unknownName } from "../../compiler/diagnostic.ts";
import { BUILD, type Build, type Context, digestOf, read } from "../../compiler/state.ts";
import { xenFiles } from "../../compiler/xen/files.ts";
import { loadedBytes, readNote } from "../../compiler/xen/note.ts";
import { current } from "../current.ts";
import { next } from "../report.ts";

type Fact = string | string[] | object;
type Answer = (context: Context, folder: string) => Fact;

const built = (folder: string): Build => read<Build>(folder, BUILD) ?? fail("MW407");

const kinds: Record<string, Answer> = {
  name: ({ graph }) => graph.name,
  target: ({ target }) => target,
  devices: ({ graph }) => graph.devices.map(({ type, place }) => `${type} ${place}`),
  imports: (_, folder) => built(folder).imports,
  arguments: () => [],
  files: ({ inputs }) => Object.keys(inputs),
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

export async function run(kind: string, path: string | undefined, { file, json, against }: { file: string; json?: boolean; against?: string }): Promise<void> {
  const answer = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
  const names = Object.keys(kinds);
  if (!answer) throw new Failure([unknownName("kind", kind, names)]);
  if (against && path) return compare(path, against);
  const print = (fact: Fact): void => void process.stdout.write(json ? `${JSON.stringify({ schema: 1, [kind]: fact })}\n` : toText(fact));
  if (kind === "image" && path) return print(factsOf(path));
  const { folder, context } = await current(file);
  print(answer(context, folder));
  next("run", file);
}

/** Of a file that is an image: NAME.wasm, or mir-NAME.xen. */
function factsOf(path: string): object {
  if (!existsSync(path)) fail("MW307", [path]);
  const bytes = readFileSync(path);
  const facts = { path, bytes: bytes.length, sha256: digestOf(path) };
  const note = readNote(bytes);
  if (!note) return facts;
  return {
    ...facts,
    memory: loadedBytes(bytes),
    image: note.image,
    "image-bytes": note.bytes,
    "image-sha256": note.sha256,
    interfaces: note.interfaces,
    version: note.version,
    compiler: note.compiler,
  };
}

/** Whether `path` is what packaging `image` gives, byte for byte. */
async function compare(path: string, image: string): Promise<void> {
  for (const one of [path, image]) if (!existsSync(one)) fail("MW307", [one]);
  const { packageForXen } = await import("../../compiler/xen/package.ts");
  const elf = readFileSync(path);
  const note = readNote(elf) ?? fail("MW601", [path, "it was not made by mirage-wasm"]);
  const again = await packageForXen(image);
  if (elf.equals(again.elf)) {
    process.stdout.write(`${path} is ${image}, packaged: every byte is the same\n`);
    return;
  }
  const other = (["sha256", "version", "compiler"] as const).find((key) => note[key] !== again.note[key]);
  fail("MW604", [path, image, other ? `its ${other} is ${note[other]}, where packaging again gives ${again.note[other]}` : "its bytes have been changed"]);
}

function toText(fact: Fact): string {
  if (typeof fact === "string") return fact.endsWith("\n") ? fact : `${fact}\n`;
  if (Array.isArray(fact)) return fact.map((line) => `${line}\n`).join("");
  return Object.entries(fact)
    .map(([name, value]) => `${name} ${value}\n`)
    .join("");
}
