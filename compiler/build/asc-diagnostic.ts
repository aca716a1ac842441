import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Diagnostic, diagnostic, positionOf } from "../diagnostic.ts";

/** What AssemblyScript reports, as far as it is used here. */
interface AscMessage {
  category: number;
  message: string;
  range: { start: number; source: { normalizedPath: string } } | null;
}

const ERROR = 3;

/** An error of AssemblyScript's compiler as a diagnostic; nothing for warnings and hints. */
export function ascDiagnostic(message: unknown, folder: string): Diagnostic | undefined {
  const { category, message: text, range } = message as AscMessage;
  if (category !== ERROR) return undefined;
  const file = range?.source.normalizedPath;
  if (!range || !file || file.startsWith("mirage/") || file.startsWith("~lib/")) return diagnostic("MW401", [text]);
  try {
    return diagnostic("MW401", [text], positionOf(file, readFileSync(join(folder, file), "utf8"), range.start));
  } catch {
    return diagnostic("MW401", [text]);
  }
}
