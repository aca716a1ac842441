import { randomInt } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { ascOptions, compileAssemblyScript } from "../../compiler/build/asc.ts";
import { type Exports, instantiate } from "../support/wasm.ts";

const seed = Number(process.env["CALENDAR_SEED"] ?? randomInt(2 ** 32));
const DAY = 86_400;
/** As far as JavaScript's dates go. */
const FARTHEST = 100_000_000 * DAY;

let guest: Exports;

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), "mirage-wasm-calendar-"));
  writeFileSync(
    join(folder, "calendar.ts"),
    `import "mirage-wasm/globals";
import { DateTime } from "mirage-wasm/calendar";
export function text(seconds: i64): string { return DateTime.ofSeconds(seconds).toString(); }
export function seconds(seconds: i64): i64 { return DateTime.ofSeconds(seconds).seconds; }
export function ofNanoseconds(time: i64): string { const moment = DateTime.of(time); return moment.toString() + " " + moment.nanosecond.toString(); }
export function parse(text: string): i64 { const moment = DateTime.parse(text); return moment ? moment.seconds : i64.MIN_VALUE; }
export function newText(units: i32): string { return changetype<string>(__new(units << 1, idof<string>())); }
`,
  );
  const { wasm, diagnostics } = await compileAssemblyScript(folder, "calendar.ts", { ...ascOptions("app"), runtime: "stub" });
  rmSync(folder, { recursive: true });
  expect(diagnostics).toEqual([]);
  const module = new Proxy({}, { get: () => () => {} });
  guest = instantiate(wasm as Uint8Array, new Proxy({}, { get: () => module }));
  guest.start();
});

function read(text: number): string {
  const bytes = Buffer.from(guest.memory.buffer);
  return bytes.toString("utf16le", text, text + bytes.readUInt32LE(text - 4));
}

function write(text: string): number {
  const at = guest.newText(text.length) as number;
  Buffer.from(guest.memory.buffer).write(text, at, "utf16le");
  return at;
}

const parse = (text: string): bigint => guest.parse(write(text));
const iso = (seconds: number): string => new Date(seconds * 1000).toISOString().replace(".000", "");

/** Numbers below `bound`, the same for a seed (mulberry32). */
function* numbers(bound: number): Generator<number> {
  for (let state = seed; ; ) {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    yield Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * bound);
  }
}

function agrees(seconds: number): void {
  const expected = iso(seconds);
  expect(read(guest.text(BigInt(seconds)))).toBe(expected);
  expect(guest.seconds(BigInt(seconds))).toBe(BigInt(seconds));
  if (expected.length === 20) expect(parse(expected)).toBe(BigInt(seconds));
}

test("the ends of the months of every kind of year, and the seconds around them", () => {
  for (const year of [-271820, -400, -100, -4, -1, 0, 1, 4, 99, 100, 400, 1582, 1899, 1900, 1969, 1970, 2000, 2023, 2024, 2100, 9999, 10000, 275759]) {
    for (let month = 0; month < 12; month++) {
      const end = new Date(0).setUTCFullYear(year, month + 1, 1) / 1000;
      for (const seconds of [end - DAY, end - 1, end, end + DAY - 1]) agrees(seconds);
    }
  }
});

test(`20,000 moments as JavaScript has them (CALENDAR_SEED=${seed})`, () => {
  const far = numbers(2 * FARTHEST);
  const near = numbers(400 * 366 * DAY);
  for (let count = 0; count < 10_000; count++) {
    agrees((far.next().value as number) - FARTHEST);
    agrees((near.next().value as number) - 200 * 366 * DAY);
  }
});

test("nanoseconds, before 1970 too", () => {
  expect(read(guest.ofNanoseconds(1_767_323_045_000_000_006n))).toBe("2026-01-02T03:04:05Z 6");
  expect(read(guest.ofNanoseconds(-1n))).toBe("1969-12-31T23:59:59Z 999999999");
  expect(read(guest.ofNanoseconds(-(2n ** 63n)))).toBe("1677-09-21T00:12:43Z 145224192");
  expect(read(guest.ofNanoseconds(2n ** 63n - 1n))).toBe("2262-04-11T23:47:16Z 854775807");
});

test("what is no moment is not taken for one", () => {
  const wrong = ["2023-02-29T00:00:00Z", "2024-13-01T00:00:00Z", "2024-00-10T00:00:00Z", "2024-01-32T00:00:00Z", "2024-01-01T24:00:00Z", "2024-01-01T00:60:00Z"];
  const malformed = ["", "2024-01-01", "2024-01-01T00:00:00", "2024-01-01T00:00:00+0", "2024-01-01 00:00:00Z", "2024-01-01T00:00:0:Z", "+02024-01-01T00:00:00Z"];
  for (const text of [...wrong, ...malformed]) expect(parse(text), text).toBe(-(2n ** 63n));
});
