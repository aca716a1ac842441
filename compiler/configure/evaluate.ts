import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
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
  watchCallsOf(file);
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
    await import(pathToFileURL(outfile).href);
    return { registrations: takeRegistrations(), keys: takeKeys(), files: Object.keys(metafile.inputs).map((input) => join(process.cwd(), input)) };
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw inUsersFile(error, file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
    process.setSourceMapsEnabled(false);
  }
}

/** An error of esbuild or of the user's own code, at its place in config.ts. */
function inUsersFile(error: unknown, file: string): unknown {
  const [message] = (error as { errors?: { text: string; location: { line: number; column: number; lineText: string } | null }[] }).errors ?? [];
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

/** A path as the user sees it. */
export function shown(folder: string, file: string): string {
  return relative(folder, file) || file;
}
