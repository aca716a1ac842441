// Parts of a representation: RFC 9110 section 14.

import { digits, parsed, readDecimal } from "./number";

/** More of them, or such as overlap, are nobody's honest wish: section 17.15. */
const MAX_RANGES: i32 = 16;

/** Bytes of a representation. */
export class Range {
  constructor(
    readonly from: i64,
    readonly size: i64,
  ) {}

  /** As in Content-Range. */
  text(total: i64): string {
    return "bytes " + this.from.toString() + "-" + (this.from + this.size - 1).toString() + "/" + total.toString();
  }
}

/**
 * What a field Range asks of `total` bytes: those that there are, in the order of the asking. Empty: none of them is there. Null: it
 * is to be ignored, as what is not understood is.
 */
export function rangesIn(field: string, total: i64): Range[] | null {
  if (!field.startsWith("bytes=")) return null;
  const ranges = new Array<Range>();
  const parts = field.substring(6).split(",");
  if (parts.length > MAX_RANGES) return null;
  let sum: i64 = 0;
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i].trim();
    const dash = readDecimal(part, 0);
    if (dash < 0 || dash >= part.length || part.charCodeAt(dash) != 0x2d) return null;
    const hasFirst = digits > 0;
    let first = parsed;
    if (readDecimal(part, dash + 1) != part.length || (!hasFirst && !digits)) return null;
    let last = digits ? parsed : total - 1;
    if (!hasFirst) {
      // The last so many.
      first = max<i64>(total - last, 0);
      if (!last) continue;
      last = total - 1;
    } else if (digits && last < first) return null;
    if (first >= total) continue;
    const range = new Range(first, min(last, total - 1) - first + 1);
    sum += range.size;
    ranges.push(range);
  }
  return sum > total ? null : ranges;
}
