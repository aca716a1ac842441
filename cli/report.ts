import { readFileSync } from "node:fs";
import { relative, resolve } from "node:path";
import { createColors } from "picocolors";
import { type Diagnostic, linesOf, type Position } from "../compiler/diagnostic.ts";

const isTerminal = process.stderr.isTTY && process.env["TERM"] !== "dumb";
// NO_COLOR, when it is set and not empty, beats everything (no-color.org).
const colors = createColors(!process.env["NO_COLOR"] && (Boolean(process.env["FORCE_COLOR"]) || isTerminal));

/** Progress and advice: to stderr, since stdout is for data. */
export function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** What to type next, with the configuration `file`. */
export function next(command: string, file: string): void {
  say(`${colors.dim("Next:")} mirage-wasm ${command}${file === "config.ts" ? "" : ` -f ${file}`}`);
}

/** A line that replaces itself while something longer than a moment goes on; nothing where no one watches. */
export function progress(): { stage(name: string): void; end(): void } {
  if (!isTerminal || process.env["CI"]) return { stage() {}, end() {} };
  // Wide enough for the longest; spaces erase, so that NO_COLOR needs no other way.
  const WIDTH = 20;
  const show = (text: string): void => void process.stderr.write(`\r${text.padEnd(WIDTH)}\r`);
  return { stage: (name) => show(`${name} …`), end: () => show("") };
}

/** Shows what goes on until it is done. */
export function during<T>(stage: string, work: Promise<T>): Promise<T> {
  const bar = progress();
  bar.stage(stage);
  return work.finally(bar.end);
}

/** Prints a mistake: where, what, the line itself, and what to do next. */
export function report(one: Diagnostic, folder: string): void {
  const place = one.position ? `${relative(process.cwd(), resolve(folder, one.position.file))}:${one.position.line}:${one.position.column}: ` : "";
  say(`${colors.red("[ERROR]")} ${place}${one.message} (${one.code})`);
  if (one.position) excerpt(one.position, folder);
  say(`  ${one.next}`);
}

/** Characters of a line that are shown around its place. */
const SHOWN = 160;

function excerpt({ file, line, column, source }: Position, folder: string): void {
  const whole = source ?? lineOf(resolve(folder, file), line);
  if (!whole) return;
  const from = whole.length > SHOWN ? Math.max(0, column - SHOWN / 2) : 0;
  // A control character could do anything to a terminal.
  const text = whole.slice(from, from + SHOWN).replace(/(?!\t)\p{Cc}/gu, " ");
  const number = `${line} │ `;
  say(`  ${colors.dim(number)}${text}`);
  // Tabs stay, so that the mark is below its place however wide they are shown.
  const indent = text.slice(0, column - 1 - from).replace(/[^\t]/g, " ");
  say(`  ${" ".repeat(number.length - 2)}${colors.dim("│")} ${indent}${colors.red("^")}`);
}

function lineOf(file: string, line: number): string | undefined {
  try {
    return linesOf(readFileSync(file, "utf8"))[line - 1];
  } catch {
    return undefined;
  }
}
