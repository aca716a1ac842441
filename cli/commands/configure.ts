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
  say(`${graph.name}: ${graph.core ? 1 : graph.jobs.length} jobs [${graph.core ?? graph.jobs.map(({ place }) => place).join(", ")}], target ${target}`);
  if (dryRun) for (const { path } of done.files) process.stdout.write(`${path}\n`);
  for (const path of done.leftAlone) say(`${path} is your own and was left alone.`);
  if (done.unchanged) say("Nothing has changed.");
  next(dryRun ? "mirage-wasm configure" : "mirage-wasm build");
}
