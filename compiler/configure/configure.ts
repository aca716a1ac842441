import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { Failure, fail, unknownName } from "../diagnostic.ts";
import { type GeneratedFile, header, writeGenerated } from "../generated-file.ts";
import { version } from "../package.ts";
import { CONTEXT, type Context, digests, read, toText, unchanged } from "../state.ts";
import { targets } from "../targets.ts";
import { checkVersionGate } from "./version-gate.ts";

export interface ConfigureOptions {
  /** Path of the configuration. */
  file: string;
  target: string;
  /** The image's name, in place of the registered one. */
  output?: string;
  dryRun?: boolean;
}

export interface Configured {
  folder: string;
  context: Context;
  files: GeneratedFile[];
  /** Files of the user's that stood where one would have been generated. */
  leftAlone: string[];
  /** Whether everything was as it should be already. */
  unchanged: boolean;
}

/** Checks a configuration and writes what `build` needs. Throws a Failure with every mistake found. */
export async function configure(options: ConfigureOptions): Promise<Configured> {
  const file = resolve(options.file);
  const folder = dirname(file);
  const name = basename(file);
  if (!existsSync(file)) fail("MW101");
  checkTarget(options.target);
  checkVersionGate(name, readFileSync(file, "utf8"));
  const old = read<Context>(folder, CONTEXT);
  if (old && !options.dryRun && isFresh(folder, old, name, options)) return { folder, context: old, files: [], leftAlone: [], unchanged: true };

  const [{ evaluate }, { typecheck }, { makeGraph }] = await Promise.all([import("./evaluate.ts"), import("./typecheck.ts"), import("./graph.ts")]);
  const [wrongTypes, evaluated] = await Promise.all([typecheck(file), evaluate(file).catch((error: unknown) => error as Error)]);
  if (wrongTypes.length > 0) throw new Failure(wrongTypes.map((one) => relativeTo(folder, one)));
  if (evaluated instanceof Failure) throw new Failure(evaluated.diagnostics.map((one) => relativeTo(folder, one)));
  if (evaluated instanceof Error) throw evaluated;
  const { registrations, files } = evaluated;
  if (registrations.length > 1) fail("MW110", [registrations.length]);
  const registration = registrations[0] ?? { name: "noop", jobs: [], options: {} };
  const graph = await makeGraph(folder, { ...registration, name: options.output ?? registration.name });
  const target = targets.find((one) => one.name === options.target);
  for (const { name: needed, by } of graph.interfaces) if (!target?.gives(needed)) fail("MW304", [options.target, needed, by]);

  const [{ generateMain }, { generateProject }] = await Promise.all([import("../generate/main.ts"), import("../generate/project.ts")]);
  const places = [...graph.jobs, ...graph.devices].map(({ place }) => place.slice(0, place.lastIndexOf(":"))).filter((path) => !path.startsWith("mirage-wasm/"));
  const context: Context = {
    generated: header(name),
    version,
    file: name,
    target: options.target,
    graph,
    ...(options.output === undefined ? {} : { renamed: true }),
    inputs: digests(folder, [...files.map((one) => relative(folder, one)), ...places, ...graph.files]),
  };
  const generated = [{ path: "mirage/main.ts", text: generateMain(graph, name) }, ...generateProject(folder, name), { path: CONTEXT, text: toText(context) }];
  const leftAlone = options.dryRun ? [] : writeGenerated(folder, generated);
  return { folder, context, files: generated, leftAlone, unchanged: false };
}

function isFresh(folder: string, old: Context, name: string, options: ConfigureOptions): boolean {
  const sameChoices = old.file === name && old.target === options.target && (options.output === undefined || old.graph.name === options.output);
  return sameChoices && unchanged(folder, old.inputs) && ["mirage/main.ts", "mirage/tsconfig.jobs.json", "Makefile"].every((path) => existsSync(join(folder, path)));
}

function checkTarget(name: string): void {
  const known = targets.map((one) => one.name);
  if (!known.includes(name)) throw new Failure([unknownName("target", name, known)]);
}

function relativeTo<T extends { position?: { file: string } }>(folder: string, one: T): T {
  return one.position ? { ...one, position: { ...one.position, file: relative(folder, resolve(folder, one.position.file)) } } : one;
}
