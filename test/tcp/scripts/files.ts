// The packet scripts beside this file, as the program that plays them reads them.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../support/project.ts";

const folder = join(root, "test/tcp/scripts");
export const program = join(folder, "program");
export const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".pkt"))
  .sort();
export const scripts = files.map((file): [file: string, text: string] => [file, readFileSync(join(folder, file), "utf8")]);

/** Its standard input. */
export const inputOf = (list: [file: string, text: string][]): string => list.map(([file, text]) => `=== ${file}\n${text}\n`).join("");
