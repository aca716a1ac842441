// The Gregorian calendar, also before it was in use, in UTC. Days are counted in eras of 400 years that begin on the first
// of March, so that the leap day is the last of all (H. Hinnant, chrono-Compatible Low-Level Date Algorithms).

import { SECOND } from "./duration";

const DAY: i64 = 86_400;
const DAYS_OF_ERA: i64 = 146_097;
/** Days from the first of March of year 0 to the first of January 1970. */
const EPOCH: i64 = 719_468;

/** The quotient towards minus infinity: what is left over has the sign of the divisor. */
function floorDivide(a: i64, b: i64): i64 {
  return a / b - i64(a % b < 0);
}

/** A moment, in UTC. */
export class DateTime {
  private constructor(
    public readonly year: i32,
    /** From 1. */
    public readonly month: i32,
    /** Of the month, from 1. */
    public readonly day: i32,
    public readonly hour: i32,
    public readonly minute: i32,
    public readonly second: i32,
    public readonly nanosecond: i32,
  ) {}

  /** `nanoseconds` after 1970-01-01T00:00Z, as a clock's `wall` has them: the years 1677 to 2262. */
  static of(nanoseconds: i64): DateTime {
    const seconds = floorDivide(nanoseconds, SECOND);
    return DateTime.ofSeconds(seconds, <i32>(nanoseconds - seconds * SECOND));
  }

  /** `seconds` and `nanosecond` after 1970-01-01T00:00Z. */
  static ofSeconds(seconds: i64, nanosecond: i32 = 0): DateTime {
    const days = floorDivide(seconds, DAY);
    const time = <i32>(seconds - days * DAY);
    const era = floorDivide(days + EPOCH, DAYS_OF_ERA);
    const day = <i32>(days + EPOCH - era * DAYS_OF_ERA);
    const year = (day - day / 1460 + day / 36524 - day / 146096) / 365;
    const dayOfYear = day - (365 * year + year / 4 - year / 100);
    // Of five months in a row from March on, 153 days.
    const month = (5 * dayOfYear + 2) / 153;
    const isNext = month >= 10;
    return new DateTime(
      <i32>(era * 400) + year + i32(isNext),
      isNext ? month - 9 : month + 3,
      dayOfYear - (153 * month + 2) / 5 + 1,
      time / 3600,
      (time / 60) % 60,
      time % 60,
      nanosecond,
    );
  }

  /** What `toString` gives, of a year from 0 to 9999; null for any other text and for a day that is not in the calendar. */
  static parse(text: string): DateTime | null {
    if (text.length != 20) return null;
    const seconds = new DateTime(number(text, 0, 4), number(text, 5, 2), number(text, 8, 2), number(text, 11, 2), number(text, 14, 2), number(text, 17, 2), 0).seconds;
    const moment = DateTime.ofSeconds(seconds);
    return moment.toString() == text ? moment : null;
  }

  /** The seconds from 1970-01-01T00:00Z to this one's. */
  get seconds(): i64 {
    const isEarly = this.month <= 2;
    const year = <i64>this.year - i64(isEarly);
    const era = floorDivide(year, 400);
    const ofEra = year - era * 400;
    const month = isEarly ? this.month + 9 : this.month - 3;
    const day = ofEra * 365 + ofEra / 4 - ofEra / 100 + (153 * month + 2) / 5 + this.day - 1;
    return (era * DAYS_OF_ERA + day - EPOCH) * DAY + this.hour * 3600 + this.minute * 60 + this.second;
  }

  /** To the second, as ISO 8601 and RFC 3339 have it: 2026-01-02T03:04:05Z. Years of more than four digits, or before 0, have a sign and six. */
  toString(): string {
    const isShort = this.year >= 0 && this.year <= 9999;
    const text = changetype<string>(__new(isShort ? 40 : 46, idof<string>()));
    let at = changetype<usize>(text);
    if (isShort) at = put(at, this.year, 4, 0x2d);
    else {
      store<u16>(at, this.year < 0 ? 0x2d : 0x2b);
      at = put(at + 2, abs(this.year), 6, 0x2d);
    }
    at = put(at, this.month, 2, 0x2d);
    at = put(at, this.day, 2, 0x54);
    at = put(at, this.hour, 2, 0x3a);
    at = put(at, this.minute, 2, 0x3a);
    put(at, this.second, 2, 0x5a);
    return text;
  }
}

/** Writes a number of so many digits, and what stands behind it, as UTF-16; returns the address behind both. */
function put(at: usize, value: i32, digits: i32, behind: u16): usize {
  const end = at + (<usize>digits << 1);
  for (let place = end; place > at; value /= 10) {
    place -= 2;
    store<u16>(place, 0x30 + (value % 10));
  }
  store<u16>(end, behind);
  return end + 2;
}

/** The number that so many digits from `at` on mean; any number if they are none. */
function number(text: string, at: i32, digits: i32): i32 {
  let value = 0;
  for (let end = at + digits; at < end; at++) value = value * 10 + (text.charCodeAt(at) - 0x30);
  return value;
}
