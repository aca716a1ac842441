import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Diagnostic, diagnostic, linesOf, type Position, positionOf } from "../diagnostic.ts";
import type { Code } from "../messages.ts";

/** What AssemblyScript reports, as far as it is used here. */
interface AscMessage {
  category: number;
  message: string;
  range: { start: number; end: number; source: { normalizedPath: string } } | null;
}

const ERROR = 3;

/** Messages whose next step is not plain: `{0}` is the message, `{1}` what the pattern holds. */
const known: [RegExp, Code][] = [
  [/^Type argument expected/, "MW408"],
  [/^Conversion from type '.*' to '(.*)' requires an explicit cast/, "MW409"],
  [/^Type '(.*) \| null' is not assignable to type '\1'/, "MW410"],
];

/**
 * The errors among AssemblyScript's messages as diagnostics, in the words of the user's files. `functions` says of each message
 * which of the user's was being compiled.
 */
export function ascDiagnostics(messages: unknown[], folder: string, functions: (Position | undefined)[]): Diagnostic[] {
  const errors = (messages as AscMessage[]).map((one, index) => ({ ...one, inside: functions[index] })).filter(({ category }) => category === ERROR);
  // A variable of a function around is reported twice, at first as one without a value.
  const closures = errors.filter(({ message }) => message === "Not implemented: Closures").map(({ range }) => range?.start);
  return errors.filter(({ message, range }) => !/^Variable .* is used before/.test(message) || !closures.includes(range?.start)).map((one) => ascDiagnostic(one, folder));
}

function ascDiagnostic({ message, range, inside }: AscMessage & { inside: Position | undefined }, folder: string): Diagnostic {
  const file = range?.source.normalizedPath;
  const text = inUsersWords(message);
  if (!range || !file) return diagnostic("MW401", [text]);
  const source = sourceOf(folder, file);
  if (file.startsWith("mirage/")) return generatedDiagnostic(text, positionOf(file, source ?? "", range.start), folder);
  if (source === undefined) return diagnostic("MW401", [`${text} (in ${file}, which this function uses)`], inside);
  const position = positionOf(file, source, range.start);
  if (message === "Not implemented: Closures") return diagnostic("MW220", [source.slice(range.start, range.end)], position);
  for (const [pattern, code] of known) {
    const match = pattern.exec(text);
    if (match) return diagnostic(code, [text, match[1] ?? ""], position);
  }
  return diagnostic("MW401", [text], position);
}

/** What is wrong in generated code is what config.ts says: its lines name the place (generate/main.ts). */
function generatedDiagnostic(text: string, { source = "" }: Position, folder: string): Diagnostic {
  const [, type, file, line, column] = /\/\/ (.+), ([^,]+):(\d+):(\d+)$/.exec(source) ?? [];
  if (!type || !file) return diagnostic("MW401", [text]);
  const said = linesOf(sourceOf(folder, file) ?? "")[Number(line) - 1];
  return diagnostic("MW412", [type, text], { file, line: Number(line), column: Number(column), ...(said === undefined ? {} : { source: said }) });
}

/** Without the files that AssemblyScript puts in front of names. */
function inUsersWords(message: string): string {
  if (/^(Module|File) /.test(message)) return message.replace("~lib/", "");
  return message.replace(/'[^']*'/g, (quoted) =>
    decodeURIComponent(quoted)
      .replace(/(?:~?[\w.-]+\/)+(?=\w)/g, "")
      .replace(/\bString\b/g, "string"),
  );
}

function sourceOf(folder: string, file: string): string | undefined {
  try {
    return file.startsWith("~lib/") ? undefined : readFileSync(join(folder, file), "utf8");
  } catch {
    return undefined;
  }
}
