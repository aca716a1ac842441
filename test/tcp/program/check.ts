/** What was wrong. */
export const mistakes: string[] = [];

export function check(right: bool, what: string): void {
  if (!right && mistakes.length < 20) mistakes.push(what);
}

/** As `check`, with both numbers. */
export function equal(is: i64, wanted: i64, what: string): void {
  if (is != wanted && mistakes.length < 20) mistakes.push(`${what}: ${is}, not ${wanted}`);
}
