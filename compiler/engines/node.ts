import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { version } from "../package.ts";
import { unoptimised } from "../wasm-tier.ts";
import { type Engine, TRAPPED } from "./engine.ts";
import { mendSockets } from "./node-sockets.ts";

const SHIM = "@bytecodealliance/preview2-shim";
const PACKAGES = ["cli", "clocks", "filesystem", "http", "io", "random", "sockets"];
const require = createRequire(import.meta.url);

/** Node itself: the component as JavaScript (jco), its WASI calls answered by preview2-shim. */
export const node: Engine = {
  async run({ image, imports, args, cache, log, serving }) {
    const name = basename(image);
    const entry = await transpiled(readFileSync(image), cache, serving !== undefined);
    const shim = (await import(`${SHIM}/cli`)) as { _setArgs(args: string[]): void; _setEnv(env: object): void };
    shim._setArgs([name, ...args]);
    shim._setEnv({});
    const finish = imports.some((one) => one.startsWith("wasi:sockets/tcp@")) ? await mendSockets(SHIM) : undefined;
    // As wasmtime.
    Error.stackTraceLimit = 20;
    const write = process.stderr.write.bind(process.stderr);
    // The shim's way out, and that of the report below.
    process.stderr.write = (bytes: string | Uint8Array) => write(log.push(Buffer.from(bytes).toString("latin1")), "latin1");
    try {
      if (serving) await (await import("./node-http.ts")).serve(SHIM, entry, imports, serving, (error) => void exitCode(error, name));
      else ((await import(pathToFileURL(entry).href)) as { run: { run(): void } }).run.run();
      return 0;
    } catch (error) {
      return exitCode(error, name);
    } finally {
      finish?.();
      process.stderr.write = write;
    }
  },
};

/** The image's code when `run` has thrown: an exit, its error result, or a trap, which is reported. */
function exitCode(error: unknown, name: string): number {
  const { exitError, code } = (error ?? {}) as { exitError?: boolean; code?: number };
  if (exitError) return code ?? 0;
  const trap = trapOf(error);
  if (trap) {
    const frames = String((error as Error).stack).match(/wasm:\/\/.*wasm-function.*$/gm) ?? [];
    const report = [`Error: failed to run \`${name}\``, `  wasm trap: ${trap}`, ...frames.map((frame) => `    at ${frame}`), ""].join("\n");
    process.stderr.write(report);
    return TRAPPED;
  }
  // The error result of `run` carries nothing.
  if (error === undefined || (error as Error).constructor.name === "ComponentError") return 1;
  throw error;
}

/** V8's words for the traps that jco's code has not put into wasmtime's already. */
const traps: [RegExp, string][] = [
  [/table access out of bounds/, "undefined element: out of bounds table access"],
  [/null function/, "indirect call type mismatch"],
  [/call stack/i, "call stack exhausted"],
];

/** What the trap is in wasmtime's words. */
function trapOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || (error.name !== "RuntimeError" && !(error instanceof RangeError))) return undefined;
  return traps.find(([pattern]) => pattern.test(error.message))?.[1] ?? error.message.replace(/^wasm trap: /, "");
}

/** The image as a module of JavaScript, of one instance or (`isServed`) one that makes them, made anew only when the image or a tool is another. */
async function transpiled(wasm: Uint8Array, cache: string, isServed: boolean): Promise<string> {
  const manifest = JSON.parse(readFileSync(join(dirname(require.resolve(`${SHIM}/cli`)), "../../package.json"), "utf8")) as { version: string };
  const key = createHash("sha256").update(wasm).update(version).update(manifest.version).digest("hex").slice(0, 16);
  const folder = join(cache, key);
  const entry = join(folder, "image.js");
  if (existsSync(entry)) return entry;
  const { transpileBytes: transpile } = await import("@bytecodealliance/jco-transpile");
  const map = Object.fromEntries(PACKAGES.map((one) => [`wasi:${one}/*`, `${import.meta.resolve(`${SHIM}/${one}`)}#*`]));
  const { files, imports } = await unoptimised(() => transpile(wasm, { name: "image", minify: false, ...(isServed ? { instantiation: { tag: "sync" } } : { map }) }));
  const foreign = isServed ? undefined : imports.find((one) => !one.startsWith("file:"));
  if (foreign) throw new Error(`the Node engine does not give ${foreign}`);
  mkdirSync(cache, { recursive: true });
  const partial = mkdtempSync(join(cache, "new-"));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(partial, name)), { recursive: true });
    writeFileSync(join(partial, name), content);
  }
  writeFileSync(join(partial, "package.json"), '{ "type": "module" }\n');
  for (const old of readdirSync(cache)) if (/^[0-9a-f]{16}$/.test(old)) rmSync(join(cache, old), { recursive: true, force: true });
  try {
    renameSync(partial, folder);
  } catch {
    // Another run was first.
    rmSync(partial, { recursive: true, force: true });
  }
  return entry;
}
