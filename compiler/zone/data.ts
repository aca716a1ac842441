// The data of records, by their types: their fields as runtime/resource-record.ts has them.

import { isIPv4, isIPv6 } from "node:net";
import { type Name, nameOf } from "./name.ts";
import { bytesOf, type Word } from "./scan.ts";

/** Types that have a name, with their number and the fields of their data. */
export const TYPES: Record<string, { number: number; fields: Field[] }> = {
  A: { number: 1, fields: ["v4"] },
  NS: { number: 2, fields: ["name"] },
  CNAME: { number: 5, fields: ["name"] },
  SOA: { number: 6, fields: ["name", "name", "word", "time", "time", "time", "time"] },
  PTR: { number: 12, fields: ["name"] },
  MX: { number: 15, fields: ["short", "name"] },
  TXT: { number: 16, fields: ["texts"] },
  AAAA: { number: 28, fields: ["v6"] },
  SRV: { number: 33, fields: ["short", "short", "short", "name"] },
  CAA: { number: 257, fields: ["byte", "tag", "rest"] },
};

type Field = keyof typeof readers;

/** Each takes a word and returns its bytes, or why there are none. */
const readers = {
  byte: (word: Word) => number(word, 1),
  short: (word: Word) => number(word, 2),
  word: (word: Word) => number(word, 4),
  time: ({ text }: Word) => {
    const seconds = timeOf(text);
    return seconds === undefined ? "a time in seconds, or as 1w2d3h4m5s" : bigEndian(seconds, 4);
  },
  v4: ({ text }: Word) => (isIPv4(text) ? text.split(".").map(Number) : "an address of IPv4"),
  v6: ({ text }: Word) => (isIPv6(text) && !text.includes("%") ? bytesOfV6(text) : "an address of IPv6"),
  name: ({ text }: Word, origin: Name | undefined) => nameOf(text, origin),
  tag: ({ text }: Word) => (/^[a-zA-Z0-9]{1,255}$/.test(text) ? [text.length, ...Buffer.from(text)] : "a property: letters and digits"),
  rest: ({ text }: Word) => bytesOf(text) ?? ESCAPE,
  texts: ({ text }: Word) => {
    const bytes = bytesOf(text);
    if (!bytes) return ESCAPE;
    return bytes.length > 255 ? "a text of 255 bytes at most: write several, with blanks between them" : [bytes.length, ...bytes];
  },
};
const ESCAPE = "a text: a backslash stands in front of one character, or of three digits up to 255";

/** The bytes that these words are for these fields. Else: which word is wrong, undefined for one that is missing, and what is to be there. */
export function dataOf(fields: Field[], words: Word[], origin: Name | undefined): number[] | { word: Word | undefined; wanted: string } {
  const bytes: number[] = [];
  const all: Field[] = fields[0] === "texts" ? words.map(() => "texts") : fields;
  for (const [index, field] of (all.length > 0 ? all : fields).entries()) {
    const word = words[index];
    const read = word && readers[field](word, origin);
    if (!read) return { word, wanted: WANTED[field] };
    if (typeof read === "string") return { word, wanted: read };
    bytes.push(...read);
  }
  const extra = words[all.length];
  return extra ? { word: extra, wanted: "the end of the record" } : bytes;
}

const WANTED: Record<Field, string> = {
  byte: "a number up to 255",
  short: "a number up to 65535",
  word: "a number up to 4294967295",
  time: "a time in seconds",
  v4: "an address of IPv4",
  v6: "an address of IPv6",
  name: "a name",
  tag: "a property",
  rest: "a text",
  texts: "a text",
};

/** Data of any type, as `\# 3 0102ff` (RFC 3597 section 5). */
export function unknownData([mark, size, ...digits]: Word[]): number[] | undefined {
  const text = digits.map((one) => one.text).join("");
  if (mark?.text !== "\\#" || !/^\d{1,5}$/.test(size?.text ?? "") || !/^([0-9a-fA-F]{2})*$/.test(text)) return undefined;
  return text.length === 2 * Number(size?.text) ? [...Buffer.from(text, "hex")] : undefined;
}

/** Seconds, as `3600` or `1h`: the units are those of BIND. */
export function timeOf(text: string): number | undefined {
  if (!/^(\d+[wdhms]?)+$/i.test(text)) return undefined;
  const units: Record<string, number> = { w: 604_800, d: 86_400, h: 3600, m: 60, s: 1, "": 1 };
  const seconds = [...text.matchAll(/(\d+)([wdhms]?)/gi)].reduce((sum, [, count, unit = ""]) => sum + Number(count) * (units[unit.toLowerCase()] ?? 1), 0);
  return seconds < 2 ** 31 ? seconds : undefined;
}

function number({ text }: Word, size: number): number[] | string {
  const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  return value < 256 ** size ? bigEndian(value, size) : `a number up to ${256 ** size - 1}`;
}

export function bigEndian(value: number, size: number): number[] {
  return Array.from({ length: size }, (_, index) => Math.floor(value / 256 ** (size - 1 - index)) % 256);
}

function bytesOfV6(text: string): number[] {
  // A URL has it in its shortest form, without the notation of IPv4.
  const [first = [], last] = new URL(`http://[${text}]`).hostname
    .slice(1, -1)
    .split("::")
    .map((part) => (part ? part.split(":").map((group) => Number.parseInt(group, 16)) : []));
  const groups = last ? [...first, ...new Array<number>(8 - first.length - last.length).fill(0), ...last] : first;
  return groups.flatMap((group) => bigEndian(group, 2));
}
