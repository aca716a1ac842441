import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { imageFile } from "../../compiler/build.ts";
import { didYouMean, fail } from "../../compiler/diagnostic.ts";
import { BUILD, type Build, type Context, digestOf, read } from "../../compiler/state.ts";
import { current } from "../current.ts";

type Fact = string | string[] | object;
type Answer = (context: Context, folder: string) => Fact;

const built = (folder: string): Build => read<Build>(folder, BUILD) ?? fail("MW301");

const kinds: Record<string, Answer> = {
  name: ({ graph }) => graph.name,
  target: ({ target }) => target,
  devices: ({ graph }) => graph.devices.map(({ type, place }) => `${type} ${place}`),
  imports: (_, folder) => built(folder).imports,
  arguments: () => [],
  files: ({ inputs }) => Object.keys(inputs),
  image: (context, folder) => {
    const image = imageFile(folder, context);
    return { path: relative(process.cwd(), image), bytes: readFileSync(image).length, sha256: digestOf(image) };
  },
  wit: (_, folder) => built(folder).wit,
  Makefile: (_, folder) => readFileSync(join(folder, "Makefile"), "utf8"),
};

export async function run(kind: string, { file, json }: { file: string; json?: boolean }): Promise<void> {
  const answer = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
  const names = Object.keys(kinds);
  const meant = didYouMean(kind, names);
  if (!answer) return fail("MW502", ["kind", kind, meant ? ` Did you mean ${meant}?` : "", names.join(", ")]);
  const { folder, context } = await current(file);
  const fact = answer(context, folder);
  process.stdout.write(json ? `${JSON.stringify({ schema: 1, [kind]: fact })}\n` : toText(fact));
}

function toText(fact: Fact): string {
  if (typeof fact === "string") return fact.endsWith("\n") ? fact : `${fact}\n`;
  if (Array.isArray(fact)) return fact.map((line) => `${line}\n`).join("");
  return Object.entries(fact)
    .map(([name, value]) => `${name} ${value}\n`)
    .join("");
}
