// A segment in a script's words: FLAGS START:END(BYTES) ack N win N urg N by N <options>, and for what the peer sends
// "false", "bad-checksum" and "cut N".

import { isInteger } from "./words";

const LETTERS: string = "FSRP.UEW";
export const FIN: u32 = 1;
export const SYN: u32 = 2;
export const RST: u32 = 4;
export const PSH: u32 = 8;
export const ACK: u32 = 16;

export function lettersOf(flags: u32): string {
  let text = "";
  // As usual: S before F and R, P before the rest, the point of ACK last.
  const order = "SFRPUEW.";
  for (let i = 0; i < order.length; i++) if ((flags >> LETTERS.indexOf(order.charAt(i))) & 1) text += order.charAt(i);
  return text.length ? text : "-";
}

/** `mss 1460`, `sack 1:101 201:301`. */
export class Option {
  readonly words: string[];

  constructor(text: string) {
    this.words = text.split(" ").filter((word) => word.length > 0);
  }

  get name(): string {
    return this.words.length ? this.words[0] : "";
  }

  get count(): i32 {
    return this.words.length - 1;
  }

  /** Its numbers; a range is two. */
  get numbers(): i64[] {
    const all: i64[] = [];
    for (let i = 1; i < this.words.length; i++) {
      const parts = this.words[i].split(":");
      for (let j = 0; j < parts.length; j++) if (isInteger(parts[j])) all.push(I64.parseInt(parts[j]));
    }
    return all;
  }
}

export class Description {
  flags: u32 = 0;
  start: i64 = 0;
  size: i32 = 0;
  ack: i64 = 0;
  window: i32 = -1;
  urgent: i32 = -1;
  /** Several segments of so much text each. */
  by: i32 = 0;
  /** Bytes of it that arrive. */
  cut: i32 = -1;
  isFalse: bool = false;
  isWrong: bool = false;
  hasOptions: bool = false;
  readonly options: Option[] = [];
  /** What is wrong with the words. */
  mistake: string = "";

  constructor(words: string[], at: i32) {
    if (words.length < at + 2) this.mistake = "a segment is FLAGS START:END(BYTES)";
    else {
      this.readFlags(words[at]);
      this.readNumbers(words[at + 1]);
      for (let i = at + 2; i < words.length && !this.mistake.length; ) i += this.readWord(words[i], i + 1 < words.length ? words[i + 1] : "");
    }
  }

  private readFlags(word: string): void {
    for (let i = 0; i < word.length && word != "-"; i++) {
      const bit = LETTERS.indexOf(word.charAt(i));
      if (bit < 0) this.mistake = `"${word}" are no flags: they are of ${LETTERS}, or - for none`;
      else this.flags |= <u32>1 << bit;
    }
  }

  private readNumbers(word: string): void {
    const colon = word.indexOf(":");
    const open = word.indexOf("(");
    const start = colon < 0 ? "" : word.slice(0, colon);
    const end = open < colon ? "" : word.slice(colon + 1, open);
    const size = word.endsWith(")") ? word.slice(open + 1, word.length - 1) : "";
    if (!isInteger(start) || !isInteger(end) || !isInteger(size)) this.mistake = `"${word}" is not START:END(BYTES)`;
    else {
      this.start = I64.parseInt(start);
      this.size = I32.parseInt(size);
      if (this.start + this.size != I64.parseInt(end)) this.mistake = `${word}: from ${start} to ${end} there are not ${size} bytes`;
    }
  }

  /** Returns how many words were read. */
  private readWord(word: string, value: string): i32 {
    if (word.startsWith("<")) {
      this.hasOptions = true;
      const all = word.slice(1, word.length - 1).split(",");
      for (let i = 0; i < all.length; i++) if (all[i].trim().length) this.options.push(new Option(all[i]));
      return 1;
    }
    if (word == "false") this.isFalse = true;
    else if (word == "bad-checksum") this.isWrong = true;
    else if (!isInteger(value)) this.mistake = `"${word}" is unknown here, or a number is missing behind it`;
    else {
      const number = I64.parseInt(value);
      if (word == "ack") this.ack = number;
      else if (word == "win") this.window = <i32>number;
      else if (word == "urg") this.urgent = <i32>number;
      else if (word == "by") this.by = <i32>number;
      else if (word == "cut") this.cut = <i32>number;
      else this.mistake = `"${word}" is unknown here`;
      return 2;
    }
    return 1;
  }
}
