// The words of a master file (RFC 1035 section 5.1).

import { fail, positionOf } from "../diagnostic.ts";

/** A word: what stands there, with its escapes, and where. */
export interface Word {
  text: string;
  isQuoted: boolean;
  /** Where in the file it begins. */
  start: number;
}

/** An entry: one line, or several where parentheses go around line ends. */
export interface Entry {
  words: Word[];
  /** It begins with a blank: its name is that of the entry before. */
  isIndented: boolean;
}

/** The file that is read: mistakes are told at places in it. */
export interface MasterFile {
  name: string;
  text: string;
}

/** Throws a Failure about what stands at `start`. */
export function mistake({ name, text }: MasterFile, start: number, message: string): never {
  return fail("MW116", [message], positionOf(name, text, start));
}

const TOKEN = /[ \t\f]+|(?:\r\n|[\r\n])|;[^\r\n]*|[()]|"(?:[^"\\\r\n]|\\[^\r\n])*(?:"|$)?|(?:[^ \t\f\r\n;()"\\]|\\[^\r\n]?)+/y;

/** All entries of a file, without those that have no words. */
export function scan(file: MasterFile): Entry[] {
  const entries: Entry[] = [];
  let entry: Entry = { words: [], isIndented: false };
  let isFirst = true;
  /** Where the parentheses were opened that are. */
  const open: number[] = [];
  TOKEN.lastIndex = file.text.startsWith("\uFEFF") ? 1 : 0;
  while (TOKEN.lastIndex < file.text.length) {
    const start = TOKEN.lastIndex;
    const [token = ""] = TOKEN.exec(file.text) ?? [];
    if (token === "") return mistake(file, start, "This cannot be read.");
    const first = token[0] as string;
    if (first === "\n" || first === "\r") {
      if (open.length > 0) continue;
      if (entry.words.length > 0) entries.push(entry);
      entry = { words: [], isIndented: false };
      isFirst = true;
      continue;
    }
    if (first === "(") open.push(start);
    else if (first === ")") {
      if (open.pop() === undefined) mistake(file, start, "No parenthesis is open here.");
    } else if (first === '"') {
      if (token.length < 2 || !token.endsWith('"') || /[^\\](?:\\\\)*\\"$/.test(token)) mistake(file, start, "This quotation does not end on its line.");
      entry.words.push({ text: token.slice(1, -1), isQuoted: true, start });
    } else if (/[ \t\f]/.test(first)) entry.isIndented ||= isFirst;
    else if (first !== ";") entry.words.push({ text: token, isQuoted: false, start });
    isFirst = false;
  }
  const [unclosed] = open;
  if (unclosed !== undefined) mistake(file, unclosed, "This parenthesis is never closed.");
  if (entry.words.length > 0) entries.push(entry);
  return entries;
}

/** The bytes of a text with escapes: `\.`, `\255`. Undefined: one of them is none. */
export function bytesOf(text: string): number[] | undefined {
  const bytes: number[] = [];
  for (const [part, number, character] of text.matchAll(/\\(\d{3})|\\(\D)|./gsu)) {
    if (number !== undefined && Number(number) > 255) return undefined;
    if (part === "\\") return undefined;
    if (number !== undefined) bytes.push(Number(number));
    else bytes.push(...Buffer.from(character ?? part));
  }
  return bytes;
}
