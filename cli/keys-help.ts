import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { evaluate } from "../compiler/configure/evaluate.ts";

/** The keys that this configuration declares, as a part of a help text; nothing where there is none that can be read. */
export async function keysHelp(file: string): Promise<string> {
  if (!existsSync(file)) return "";
  const keys = await evaluate(resolve(file), []).then(
    (evaluated) => evaluated.keys,
    () => [],
  );
  if (keys.length === 0) return "";
  const typed = keys.map(({ name, type, choices }) => (type === "boolean" ? `--[no-]${name}` : `--${name} <${choices?.join("|") ?? type}>`));
  const width = Math.max(...typed.map(({ length }) => length));
  const lines = keys.map(({ doc, default: value }, index) => `  ${typed[index]?.padEnd(width)}  ${doc ? `${doc} ` : ""}(default: ${JSON.stringify(value)})`);
  return `\nKeys of ${file}, kept until they are given again:\n${lines.join("\n")}`;
}
