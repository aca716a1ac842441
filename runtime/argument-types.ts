// The types that arguments have, and how their values are written.

import { decimal, digits, parsed, readDecimal, readInteger } from "./number";
import { Argument } from "./option";

export class TextArgument extends Argument<string> {
  constructor(value: string) {
    super(value, "TEXT", "text");
  }

  read(text: string): bool {
    this.stored = text;
    return true;
  }

  shown(): string {
    return this.stored;
  }
}

export class IntegerArgument extends Argument<i32> {
  constructor(value: i32) {
    super(value, "INTEGER", "an integer, -2147483648 to 2147483647");
  }

  read(text: string): bool {
    if (!readInteger(text, i32.MIN_VALUE, i32.MAX_VALUE)) return false;
    this.stored = <i32>parsed;
    return true;
  }

  shown(): string {
    return decimal(this.stored);
  }
}

export class PortArgument extends Argument<u16> {
  constructor(value: u16) {
    super(value, "PORT", "a port, 1 to 65535");
  }

  read(text: string): bool {
    if (!readInteger(text, 1, u16.MAX_VALUE)) return false;
    this.stored = <u16>parsed;
    return true;
  }

  shown(): string {
    return decimal(this.stored);
  }
}

export class BoolArgument extends Argument<bool> {
  constructor(value: bool) {
    super(value, "", "true or false");
  }

  read(text: string): bool {
    this.stored = text == "true";
    return this.stored || text == "false";
  }

  shown(): string {
    return this.stored ? "true" : "false";
  }
}

/** Nanoseconds in each unit, the largest first. */
const units: StaticArray<string> = ["h", "m", "s", "ms", "us", "ns"];
const lengths: StaticArray<i64> = [3_600_000_000_000, 60_000_000_000, 1_000_000_000, 1_000_000, 1_000, 1];

export class DurationArgument extends Argument<i64> {
  constructor(value: i64) {
    super(value, "DURATION", "a duration such as 1.5s, 200ms, 3m or 2h");
  }

  read(text: string): bool {
    let at = readDecimal(text, 0);
    if (at < 1) return false;
    const whole = parsed;
    let fraction: i64 = 0;
    let scale: i64 = 1;
    if (at < text.length && text.charCodeAt(at) == 0x2e) {
      at = readDecimal(text, at + 1);
      if (at < 0 || !digits || digits > 9) return false;
      fraction = parsed;
      for (let i = 0; i < digits; i++) scale *= 10;
    }
    // A plain number is seconds.
    const unit = at < text.length ? text.substring(at) : "s";
    for (let i = 0; i < units.length; i++) {
      if (unit != unchecked(units[i])) continue;
      const length = unchecked(lengths[i]);
      if (whole >= i64.MAX_VALUE / length) return false;
      this.stored = whole * length + (length > scale ? fraction * (length / scale) : fraction / (scale / length));
      return true;
    }
    return false;
  }

  /** In the largest unit that leaves no fraction. */
  shown(): string {
    if (!this.stored) return "0s";
    let i = 0;
    while (this.stored % unchecked(lengths[i])) i++;
    return decimal(this.stored / unchecked(lengths[i])) + unchecked(units[i]);
  }
}

export class ChoiceArgument extends Argument<string> {
  constructor(
    value: string,
    private choices: string[],
  ) {
    super(value, choices.join("|"), "one of " + choices.join(", "));
  }

  read(text: string): bool {
    if (!this.choices.includes(text)) return false;
    this.stored = text;
    return true;
  }

  shown(): string {
    return this.stored;
  }
}

/** Several values, with commas between them. Nothing is no values; it may be given several times. */
export class ListArgument<T> extends Argument<T[]> {
  constructor(
    private element: Argument<T>,
    value: T[],
  ) {
    super(value, element.placeholder + ",…", element.form + ", or several with commas between them");
    this.repeats = true;
  }

  read(text: string): bool {
    const values: T[] = this.given ? this.stored : [];
    const parts = text.length ? text.split(",") : [];
    for (let i = 0; i < parts.length; i++) {
      if (!this.element.read(unchecked(parts[i]))) return false;
      values.push(this.element.stored);
    }
    this.stored = values;
    return true;
  }

  shown(): string {
    let text = "";
    for (let i = 0; i < this.stored.length; i++) {
      this.element.stored = unchecked(this.stored[i]);
      text += (i ? "," : "") + this.element.shown();
    }
    return text;
  }
}
