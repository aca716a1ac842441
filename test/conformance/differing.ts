// What holds of programs that print something else in each run.

import { expect } from "vitest";
import type { Run } from "./image.ts";

/** Milliseconds: both the printed times and the emulated machine's clock have whole seconds. */
const TOLERANCE = 2000;
const SECOND = 1_000_000_000n;

/** A stroke each second: the monotonic clock ascends by one at least, and the wall clock has the host's time. */
export function tellTheTime(runs: Run[]): void {
  for (const { transcript, from, until } of runs) {
    const elapsed = captured(transcript.stdout, /^(\d+) nanoseconds/gm).map(BigInt);
    elapsed.slice(1).forEach((one, index) => expect(one - (elapsed[index] ?? one)).toBeGreaterThanOrEqual(SECOND));
    for (const time of captured(transcript.stdout, /time will be (\S+)/g).map(Date.parse)) {
      expect(time).toBeGreaterThan(from - TOLERANCE);
      expect(time).toBeLessThan(until + TOLERANCE);
    }
  }
}

/** No run draws what another one has drawn. */
export function drawAnew(runs: Run[]): void {
  const numbers = runs.flatMap(({ transcript }) => captured(transcript.stdout.split("real\n")[1] ?? "", /(?:64 bits|bytes): +(.*)$/gm));
  expect(new Set(numbers).size).toBe(2 * runs.length);
}

function captured(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, found]) => found as string);
}
