import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { type GivenKey, giveKeys, type Key, takeKeys } from "../config/key.ts";
import { type Registration, takeRegistrations } from "../config/register.ts";
import { siteIn, watchCallsOf } from "../config/site.ts";
import { Failure, fail } from "../diagnostic.ts";

export interface Evaluated {
  registrations: Registration[];
  keys: Key<unknown>[];
  /** config.ts and what it imports, absolute. */
  files: string[];
}

const self = new URL("../config/index.js", import.meta.url).href;

/** Runs a config.ts, which imports this very package as "mirage-wasm", and returns what it has registered with these keys. */
export async function evaluate(file: string, given: GivenKey[]): Promise<Evaluated> {
  const folder = mkdtempSync(join(tmpdir(), "mirage-wasm-config-"));
  const outfile = join(folder, "config.mjs");
  // Stacks then name places in config.ts.
  process.setSourceMapsEnabled(true);
  takeRegistrations();
  giveKeys(given);
  try {
    const { metafile } = await build({
      entryPoints: [file],
      outfile,
      bundle: true,
      metafile: true,
      format: "esm",
      platform: "node",
      sourcemap: "inline",
      logLevel: "silent",
      // This very instance, so that what config.ts registers arrives here.
      plugins: [{ name: "self", setup: ({ onResolve }) => onResolve({ filter: /^mirage-wasm$/ }, () => ({ path: self, external: true })) }],
    });
    const files = Object.keys(metafile.inputs).map((input) => join(process.cwd(), input));
    watchCallsOf(files.filter((one) => !one.includes("/node_modules/")));
    await load(outfile);
    return { registrations: takeRegistrations(), keys: takeKeys(), files };
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw inUsersFile(error, file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
    process.setSourceMapsEnabled(false);
  }
}

/** Runs a module. A promise that it leaves behind fails it too, and so does one that it waits for in vain. */
async function load(file: string): Promise<void> {
  const stop = new AbortController();
  const failed = Promise.race([
    once(process, "unhandledRejection", stop).then(([reason]) => Promise.reject(reason)),
    once(process, "beforeExit", stop).then(() => Promise.reject(new Error("it waits for what never comes"))),
  ]);
  try {
    await Promise.race([failed, import(pathToFileURL(file).href).then(() => setImmediate())]);
  } finally {
    stop.abort();
  }
}

/** An error of esbuild or of the user's own code, at its place in config.ts. */
function inUsersFile(error: unknown, file: string): unknown {
  const [message] = (error as { errors?: { text: string; location: { line: number; column: number; lineText: string } | null }[] } | undefined)?.errors ?? [];
  try {
    if (message) {
      const { location } = message;
      return fail("MW105", [message.text], location ? { file, line: location.line, column: location.column + 1, source: location.lineText } : undefined);
    }
    if (error instanceof Error) return fail("MW105", [error.message.split("\n")[0] ?? ""], siteIn(error.stack ?? ""));
    return fail("MW105", [String(error)]);
  } catch (failure) {
    return failure;
  }
}
