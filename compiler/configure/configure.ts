import { existsSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { asTyped, type GivenKey, type Key, means, RESERVED } from "../config/key.ts";
import { didYouMean, Failure, fail, unknownName } from "../diagnostic.ts";
import { type GeneratedFile, header, writeGenerated } from "../generated-file.ts";
import { version } from "../package.ts";
import { CONTEXT, type Context, digests, folderFiles, read, toText, unchanged } from "../state.ts";
import { isHosted, targetOf, targets } from "../targets.ts";
import { checkVersionGate } from "./version-gate.ts";

export interface ConfigureOptions {
  /** Path of the configuration. */
  file: string;
  target: string;
  /** The image's name, in place of the registered one. */
  output?: string;
  /** Keys: what is not given is as it was the last time. */
  keys?: GivenKey[];
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
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) fail(name === "config.ts" ? "MW101" : "MW115", [options.file]);
  checkTarget(options.target);
  checkVersionGate(name, readFileSync(file, "utf8"));
  const old = read<Context>(folder, CONTEXT);
  if (old && !options.dryRun && isFresh(folder, old, name, options)) return { folder, context: old, files: [], leftAlone: [], unchanged: true };

  const [{ evaluate }, { typecheck }, { guestFiles, makeGraph, positionIn }, { checkLanguage }] = await Promise.all([
    import("./evaluate.ts"),
    import("./typecheck.ts"),
    import("./graph.ts"),
    import("./check-language.ts"),
  ]);
  const given = options.keys ?? [];
  const [wrongTypes, evaluated] = await Promise.all([
    typecheck(file),
    evaluate(file, [...(old?.file === name ? remembered(old) : []), ...given]).catch((error: unknown) => error as Error),
  ]);
  if (wrongTypes.length > 0) throw new Failure(wrongTypes.map((one) => relativeTo(folder, one)));
  if (evaluated instanceof Failure) throw new Failure(evaluated.diagnostics.map((one) => relativeTo(folder, one)));
  if (evaluated instanceof Error) throw evaluated;
  const { registrations, files } = evaluated;
  checkKeys(given, evaluated.keys);
  const keys = evaluated.keys.map((one) => relativeSite(folder, one));
  if (registrations.length > 1) fail("MW110", [registrations.length], positionIn(folder, registrations[1]?.site));
  const registration = registrations[0] ?? { name: "noop", jobs: [], options: {} };
  const language = checkLanguage(folder, guestFiles(registration.jobs));
  if (language.mistakes.length > 0) throw new Failure(language.mistakes);
  const target = targetOf(options.target);
  const hosted = isHosted(target);
  const graph = await makeGraph(folder, { ...registration, name: options.output ?? registration.name }, hosted);
  for (const { name: needed, by, position } of [...graph.interfaces, ...graph.needs]) if (!target.gives(needed)) fail("MW304", [options.target, needed, by], position);

  const [{ findArguments }, { findLibraries }] = await Promise.all([import("./find-arguments.ts"), import("./find-libraries.ts")]);
  const found = await findArguments(folder, graph);
  const required = found.arguments.find((one) => hosted && one.required);
  if (required) fail("MW309", [required.name], { ...required.place, column: 1 });
  const { info, files: manifests } = findLibraries(folder, found.files);
  const [{ generateMain }, { generateProject }, { generateFolders }] = await Promise.all([
    import("../generate/main.ts"),
    import("../generate/project.ts"),
    import("../generate/crunch.ts"),
  ]);
  const context: Context = {
    generated: header(name),
    version,
    file: name,
    target: options.target,
    graph,
    keys,
    arguments: hosted ? [] : found.arguments,
    info,
    ...(options.output === undefined ? {} : { renamed: true }),
    inputs: digests(folder, [...files.map((one) => relative(folder, one)), ...language.files, ...found.files, ...manifests, ...graph.files]),
  };
  const generated = [
    { path: "mirage/main.ts", text: generateMain(graph, info, name, hosted) },
    ...generateFolders(folder, graph, name),
    ...generateProject(folder, name),
    { path: CONTEXT, text: toText(context) },
  ];
  const leftAlone = options.dryRun ? [] : writeGenerated(folder, generated);
  return { folder, context, files: generated, leftAlone, unchanged: false };
}

function isFresh(folder: string, old: Context, name: string, options: ConfigureOptions): boolean {
  const sameChoices = old.file === name && old.target === options.target && (options.output === undefined || old.graph.name === options.output);
  if (options.keys && options.keys.length > 0) return false;
  return (
    sameChoices &&
    unchanged(folder, old.inputs) &&
    ["mirage/main.ts", "mirage/tsconfig.jobs.json", "Makefile", ...folderFiles(old.graph)].every((path) => existsSync(join(folder, path)))
  );
}

function remembered({ keys }: Context): GivenKey[] {
  return keys.filter(({ from }) => from === "command line").map(({ name, value }) => ({ name, value: String(value), remembered: true }));
}

function checkKeys(given: GivenKey[], declared: Key<unknown>[]): void {
  const unknown = given.find((one) => !declared.some((key) => means(one, key)));
  if (!unknown) return;
  const meant = didYouMean(unknown.name, [...declared.map(({ name }) => name), ...RESERVED]);
  fail("MW504", [`unknown option '${asTyped(unknown)}'.${meant ? ` Did you mean --${meant}?` : ""}`, " configure"]);
}

function relativeSite(folder: string, key: Key<unknown>): Key<unknown> {
  return key.site ? { ...key, site: { ...key.site, file: relative(folder, key.site.file) } } : key;
}

function checkTarget(name: string): void {
  const known = targets.map((one) => one.name);
  if (!known.includes(name)) throw new Failure([unknownName("target", name, known)]);
}

function relativeTo<T extends { position?: { file: string } }>(folder: string, one: T): T {
  return one.position ? { ...one, position: { ...one.position, file: relative(folder, resolve(folder, one.position.file)) } } : one;
}
