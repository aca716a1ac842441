import { type Code, messages } from "./messages.ts";

/** A place in a user's file. Lines and columns count from 1. */
export interface Position {
  /** Relative to the folder of config.ts. */
  file: string;
  line: number;
  column: number;
  /** The line's text, if it is known. */
  source?: string;
}

/** A user's mistake: what, where, and what to do next. */
export interface Diagnostic {
  code: Code;
  message: string;
  next: string;
  position?: Position;
}

/** A diagnostic of the table of messages, its `{0}` replaced by the first value, and so on. */
export function diagnostic(code: Code, values: (string | number)[] = [], position?: Position): Diagnostic {
  const fill = (text: string): string => text.replace(/\{(\d)\}/g, (_, index: string) => String(values[Number(index)] ?? ""));
  const { text, next } = messages[code];
  return { code, message: fill(text), next: fill(next), ...(position ? { position } : {}) };
}

/** Thrown with all the mistakes that were found; `exitCode` is that of the first. */
export class Failure extends Error {
  readonly diagnostics: Diagnostic[];

  constructor(diagnostics: Diagnostic[]) {
    super(diagnostics.map(({ message }) => message).join("\n"));
    this.diagnostics = diagnostics;
  }

  get exitCode(): number {
    const first = this.diagnostics[0];
    return first ? messages[first.code].exit : 1;
  }
}

/** Throws a Failure with one diagnostic. */
export function fail(code: Code, values: (string | number)[] = [], position?: Position): never {
  throw new Failure([diagnostic(code, values, position)]);
}

/** The position of a character of a text. */
export function positionOf(file: string, text: string, offset: number): Position {
  const before = linesOf(text.slice(0, offset));
  const line = before.length;
  return { file, line, column: (before.at(-1) ?? "").length + 1, source: linesOf(text)[line - 1] ?? "" };
}

/** The lines of a text, without their ends and without a byte order mark. */
export function linesOf(text: string): string[] {
  return text.replace(/^\uFEFF/, "").split(/\r?\n/);
}

/** The nearest of the known names to what was typed, if it is near enough to be meant. */
export function didYouMean(typed: string, known: string[]): string | undefined {
  const [best] = known.map((name) => ({ name, far: distance(typed, name) })).sort((a, b) => a.far - b.far);
  return best && best.far <= Math.max(1, Math.floor(typed.length / 3)) ? best.name : undefined;
}

/** What was typed is none of the names that there are of its kind. */
export function unknownName(kind: string, typed: string, known: string[]): Diagnostic {
  const meant = didYouMean(typed, known);
  return diagnostic("MW502", [kind, typed, meant ? ` Did you mean ${meant}?` : "", known.join(", ")]);
}

/** Levenshtein's distance, where two neighbours that changed places count as one mistake. */
function distance(a: string, b: string): number {
  let above: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substituted = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? (above[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY;
      next.push(Math.min(substituted, swapped, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    above = row;
    row = next;
  }
  return row[b.length] ?? 0;
}
