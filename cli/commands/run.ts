import { resolve } from "node:path";
import { build, symbolsFile } from "../../compiler/build.ts";
import { Failure, fail, unknownName } from "../../compiler/diagnostic.ts";
import type { Serving } from "../../compiler/engines/engine.ts";
import { engines } from "../../compiler/engines/index.ts";
import { openTap, type Tap } from "../../compiler/engines/tap.ts";
import type { Context } from "../../compiler/state.ts";
import { LogResolver } from "../../compiler/symbols/log.ts";
import { Resolver } from "../../compiler/symbols/resolve.ts";
import { readSymbols } from "../../compiler/symbols/symbols.ts";
import { isHosted, targetOf } from "../../compiler/targets.ts";
import { needWasmtime } from "../../compiler/tools.ts";
import { xenFiles } from "../../compiler/xen/files.ts";
import { current } from "../current.ts";
import { next, progress, say } from "../report.ts";

interface Options {
  file: string;
  engine: string;
  net?: string;
  port?: string;
  reuse?: string;
}

export async function run(args: string[], { file, engine, net, port, reuse }: Options): Promise<void> {
  const names = Object.keys(engines);
  if (!names.includes(engine)) throw new Failure([unknownName("engine", engine, names)]);
  if (engine === "wasmtime") needWasmtime();
  const { folder, context } = await current(file);
  const serving = servingOf(context, engine, args, port, reuse);
  const bar = progress();
  const { image, build: built } = await build(folder, context, bar.stage).finally(bar.end);
  const debug = resolve(folder, xenFiles(context).debug);
  const tap = net === undefined ? undefined : await openTap(net);
  const chosen = await engines[engine as keyof typeof engines]();
  try {
    process.exitCode = await chosen.run({
      image: resolve(image),
      imports: built.imports,
      args: tap ? withAddress(args, context, tap) : args,
      folder,
      context,
      cache: resolve(folder, "mirage/node"),
      log: logOf(symbolsFile(folder, context), debug),
      debug,
      ...(serving ? { serving } : {}),
    });
    // Where the image's own standard error is kept, nothing of ours comes behind it.
    if (process.stderr.isTTY && process.exitCode === 0) next(engine === "node" ? "run -e wasmtime" : "query imports", file);
  } catch (error) {
    fail("MW503", [error instanceof Error ? error.message : String(error)]);
  } finally {
    tap?.close();
  }
}

const DEFAULT_PORT = 8080;
const MAX_PORT = 65_535;

/** How an image of the target http is served; undefined: it is of another one. */
function servingOf({ target }: Context, engine: string, args: string[], port?: string, reuse?: string): Serving | undefined {
  const wrong = (text: string): never => fail("MW504", [text, " run"]);
  if (!isHosted(targetOf(target))) {
    if (port !== undefined || reuse !== undefined) wrong(`--${port === undefined ? "reuse" : "port"} is for images of the target http, and this is one of ${target}`);
    return undefined;
  }
  if (engine === "xen") fail("MW508", [engine, target]);
  if (args.length > 0) wrong("an image of the target http takes no arguments");
  const number = (name: string, text: string, least: number, most: number): number =>
    /^\d{1,9}$/.test(text) && Number(text) >= least && Number(text) <= most ? Number(text) : wrong(`--${name} takes a number from ${least} to ${most}`);
  return {
    port: port === undefined ? DEFAULT_PORT : number("port", port, 0, MAX_PORT),
    ...(reuse === undefined ? {} : { reuse: number("reuse", reuse, 1, 999_999_999) }),
  };
}

/** A stack that was not told its address gets the other one of the TAP. */
function withAddress(args: string[], { arguments: known }: Context, { host, guest }: Tap): string[] {
  const isStack = known.some(({ name }) => name === "ipv4");
  const [address] = (args.find((one) => one.startsWith("--ipv4="))?.slice("--ipv4=".length) ?? guest).split("/");
  say(isStack ? `This host is ${host}, the image ${address}: ping ${address}` : `This host is ${host}.`);
  if (!isStack || args.some((one) => /^--(ipv4=|dhcp$)/.test(one))) return args;
  return [`--ipv4=${guest}`, `--ipv4-gateway=${host.split("/")[0]}`, ...args];
}

/** Traces are resolved as they happen, with symbols that are read when there is one. */
function logOf(symbols: string, debug: string): LogResolver {
  let resolver: Resolver | undefined;
  return new LogResolver(() => {
    resolver ??= new Resolver(readSymbols(symbols), debug);
    return resolver;
  });
}
