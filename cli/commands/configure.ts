import { dirname } from "node:path";
import type { GivenKey } from "../../compiler/config/key.ts";
import { configure } from "../../compiler/configure/configure.ts";
import { fail } from "../../compiler/diagnostic.ts";
import { CONTEXT, type Context, read } from "../../compiler/state.ts";
import { keyLine } from "../choices.ts";
import { during, next, say } from "../report.ts";

interface Options {
  file: string;
  target?: string;
  wasi?: boolean;
  xen?: boolean;
  http?: boolean;
  output?: string;
  dryRun?: boolean;
}

export async function run(options: Options, words: string[]): Promise<void> {
  const last = read<Context>(dirname(options.file), CONTEXT)?.target;
  const target = options.target ?? (options.wasi ? "wasi" : options.xen ? "xen" : options.http ? "http" : (last ?? "wasi"));
  const { file, output, dryRun = false } = options;
  const done = await during("check", configure({ file, target, dryRun, keys: toKeys(words), ...(output === undefined ? {} : { output }) }));
  const { graph } = done.context;
  say(`Using scanned config file: ${file}`);
  const jobs = graph.core ? [graph.core] : graph.jobs.map(({ place }) => place);
  say(`${jobs.length} ${jobs.length === 1 ? "job" : "jobs"} [${jobs.join(", ")}]`);
  say(`Image ${graph.name} for target ${target}`);
  for (const one of done.context.keys) say(`Key ${keyLine(one)}`);
  if (dryRun) for (const { path } of done.files) process.stdout.write(`${path}\n`);
  for (const path of done.leftAlone) say(`${path} is your own and was left alone.`);
  if (done.unchanged) say("Nothing has changed.");
  next(dryRun ? "configure" : "build", file);
}

/** `--NAME=VALUE`, `--NAME VALUE` and `--NAME`, as the configuration's keys are given. */
function toKeys(words: string[]): GivenKey[] {
  const keys: GivenKey[] = [];
  for (const word of words) {
    const [, name, value] = /^--([^=]+)(?:=([\s\S]*))?$/.exec(word) ?? [];
    const last = keys.at(-1);
    if (name !== undefined) keys.push({ name, ...(value === undefined ? {} : { value }) });
    else if (last && last.value === undefined && !word.startsWith("-")) last.value = word;
    else fail("MW504", [word.startsWith("-") ? `unknown option '${word}'` : `too many arguments: nothing is known to do with ${word}`, " configure"]);
  }
  return keys;
}
