import { createReadStream } from "node:fs";
import { basename, dirname, join } from "node:path";
import { symbolsFile } from "../../compiler/build.ts";
import { Failure, fail } from "../../compiler/diagnostic.ts";
import { readContext } from "../../compiler/state.ts";
import { LogResolver } from "../../compiler/symbols/log.ts";
import { Resolver } from "../../compiler/symbols/resolve.ts";
import { checkImage, readSymbols } from "../../compiler/symbols/symbols.ts";

export async function run(log: string | undefined, { file, symbols, json }: { file: string; symbols?: string; json?: boolean }): Promise<void> {
  const path = symbols ?? symbolsFile(dirname(file), readContext(dirname(file)));
  const known = readSymbols(path);
  checkImage(path, known);
  const resolver = new Resolver(known, join(dirname(path), `mir-${basename(path, ".symbols")}.debug`));
  const lines = new LogResolver(() => resolver);
  try {
    for await (const chunk of log === undefined ? process.stdin : createReadStream(log)) {
      const text = lines.push((chunk as Buffer).toString("latin1"));
      if (!json) process.stdout.write(text, "latin1");
    }
  } catch (error) {
    if (error instanceof Failure) throw error;
    fail("MW704", [log ?? "standard input", (error as Error).message]);
  }
  const { found, sha256 } = lines;
  const isOther = (sha256 !== undefined && sha256 !== known.sha256) || (found.length > 0 && found.every(({ frames, site }) => !site && frames?.length === 0));
  if (isOther) fail("MW703", [path, log === undefined ? "the log" : log]);
  if (json) process.stdout.write(`${JSON.stringify({ schema: 1, lines: found }, null, 2)}\n`);
}
