// A zone in a master file: RFC 1035 section 5, with $TTL (RFC 2308 section 4).

import { bigEndian, dataOf, TYPES, timeOf, unknownData } from "./data.ts";
import { type Name, nameOf } from "./name.ts";
import { type Entry, type MasterFile, mistake, scan, type Word } from "./scan.ts";

/** A record, of the class IN. */
export interface ZoneRecord {
  name: Name;
  type: number;
  ttl: number;
  data: number[];
  /** Where it begins in the file. */
  start: number;
}

/** Reads the records of a master file in their order. `origin`: what stands behind relative names at first, its last point or not. */
export function parse(file: MasterFile, origin?: string): ZoneRecord[] {
  const parser = new Parser(file, origin);
  return scan(file).flatMap((entry) => parser.entry(entry) ?? []);
}

class Parser {
  private origin: Name | undefined;
  /** The name of the record before. */
  private owner: Name | undefined;
  /** Seconds that $TTL says, and those of the record before. */
  private defaultTtl: number | undefined;
  private lastTtl: number | undefined;

  constructor(
    private readonly file: MasterFile,
    origin: string | undefined,
  ) {
    if (origin !== undefined) this.origin = this.name({ text: `${origin.replace(/\.$/, "")}.`, isQuoted: false, start: 0 });
  }

  /** The record of an entry; undefined of a directive. */
  entry({ words, isIndented }: Entry): ZoneRecord | undefined {
    const [first] = words as [Word, ...Word[]];
    if (first.text.startsWith("$") && !isIndented && !first.isQuoted) return this.directive(first, words.slice(1));
    const rest = isIndented ? words : words.slice(1);
    if (!isIndented) this.owner = this.name(first);
    const name = this.owner ?? this.fail(first, "It begins with a blank, and there is no record before whose name it could have.");
    return this.record(name, first, rest);
  }

  private directive(directive: Word, [value, extra]: Word[]): undefined {
    const kind = directive.text.toUpperCase();
    if (kind !== "$ORIGIN" && kind !== "$TTL") this.fail(directive, `There is no ${directive.text} here: $ORIGIN and $TTL are all.`);
    if (!value) return this.fail(directive, `${kind} needs a value.`);
    if (extra) this.fail(extra, `${kind} takes one value.`);
    if (kind === "$ORIGIN") this.origin = this.name(value);
    else this.defaultTtl = timeOf(value.text) ?? this.fail(value, "This is no time: it is seconds, or 1w2d3h4m5s.");
    return undefined;
  }

  /** What stands behind a record's name: its TTL and class in any order, its type, its data. */
  private record(name: Name, first: Word, words: Word[]): ZoneRecord {
    let at = 0;
    let ttl: number | undefined;
    let hasClass = false;
    for (let word = words[at]; word; word = words[++at]) {
      const seconds = /^\d/.test(word.text) ? timeOf(word.text) : undefined;
      if (seconds !== undefined && ttl === undefined) ttl = seconds;
      else if (/^(IN|CH|HS|CS)$/i.test(word.text) && !hasClass) {
        if (word.text.toUpperCase() !== "IN") this.fail(word, `The class ${word.text} is not served: IN is the only one.`);
        hasClass = true;
      } else break;
    }
    const word = words[at] ?? this.fail(first, "Here is no type of a record.");
    const type = this.type(word);
    ttl ??= this.defaultTtl ?? this.lastTtl;
    const data = this.data(word, type, words.slice(at + 1));
    // RFC 2308 section 4: without $TTL, a record that says none has that of the one before. An SOA that is first has that of its last field.
    ttl ??=
      type === 6 ? Number(data.slice(-4).reduce((sum, byte) => sum * 256 + byte, 0)) : this.fail(first, "It has no TTL, and there was no $TTL and no record before that says one.");
    this.lastTtl = ttl;
    return { name, type, ttl, data, start: first.start };
  }

  private type(word: Word): number {
    const upper = word.text.toUpperCase();
    const known = TYPES[upper]?.number;
    const number = known ?? (/^TYPE\d{1,5}$/.test(upper) ? Number(upper.slice(4)) : undefined);
    if (number === undefined || number > 65535) this.fail(word, `${word.text} is no type of a record: there are ${Object.keys(TYPES).join(", ")}, and others as TYPE65.`);
    // RFC 6895 section 3.1: types of questions, and what never stands in a zone.
    const isMeta = number === 0 || number === 41 || (number >= 128 && number <= 255);
    return isMeta ? this.fail(word, `${word.text} is a type of questions, not of records.`) : number;
  }

  private data(type: Word, number: number, words: Word[]): number[] {
    const fields = Object.values(TYPES).find((one) => one.number === number)?.fields;
    if (words[0]?.text === "\\#" && !words[0].isQuoted) {
      const bytes = unknownData(words) ?? this.fail(words[0], "Behind \\# stand the count of the bytes, then the bytes as hexadecimal digits.");
      return fields ? this.fail(words[0], `Write the data of ${type.text} in its own form.`) : bytes;
    }
    if (!fields) return this.fail(words[0] ?? type, `Data of ${type.text} is written as \\# 3 0102ff.`);
    const data = dataOf(fields, words, this.origin);
    if (Array.isArray(data)) return data;
    const { word, wanted } = data;
    return this.fail(word ?? type, word ? `Here is to be ${wanted}.` : `Behind what stands here is to be ${wanted}.`);
  }

  private name(word: Word): Name {
    const name = nameOf(word.text, this.origin);
    return typeof name === "string" ? this.fail(word, `Here is to be ${name}.`) : name;
  }

  private fail(word: Word, message: string): never {
    return mistake(this.file, word.start, message);
  }
}

/** The bytes of a record, as the guest reads them: its name, type, TTL, and data behind its size. */
export function encode({ name, type, ttl, data }: ZoneRecord): number[] {
  return [...name, ...bigEndian(type, 2), ...bigEndian(ttl, 4), ...bigEndian(data.length, 2), ...data];
}
