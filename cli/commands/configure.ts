import { dirname } from "node:path";
import { configure } from "../../compiler/configure/configure.ts";
import { CONTEXT, type Context, read } from "../../compiler/state.ts";
import { next, say } from "../report.ts";

interface Options {
  file: string;
  target?: string;
  wasi?: boolean;
  xen?: boolean;
  output?: string;
  dryRun?: boolean;
}

export async function run(options: Options): Promise<void> {
  const last = read<Context>(dirname(options.file), CONTEXT)?.target;
  const target = options.target ?? (options.wasi ? "wasi" : options.xen ? "xen" : (last ?? "wasi"));
  const { file, output, dryRun = false } = options;
  const done = await configure({ file, target, dryRun, ...(output === undefined ? {} : { output }) });
  const { graph } = done.context;
  say(`Using scanned config file: ${file}`);
  const jobs = graph.core ? [graph.core] : graph.jobs.map(({ place }) => place);
  say(`${jobs.length} ${jobs.length === 1 ? "job" : "jobs"} [${jobs.join(", ")}]`);
  say(`Image ${graph.name} for target ${target}`);
  if (dryRun) for (const { path } of done.files) process.stdout.write(`${path}\n`);
  for (const path of done.leftAlone) say(`${path} is your own and was left alone.`);
  if (done.unchanged) say("Nothing has changed.");
  next(dryRun ? "configure" : "build", file);
}
