import { existsSync, readFileSync } from "node:fs";
import { fail } from "../diagnostic.ts";
import { digestOf } from "../state.ts";

/** dist/NAME.symbols, as JSON: where the code of an image comes from. docs/failures.md has the prose twin. */
export interface Symbols {
  schema: 1;
  /** SHA-256 of the image. */
  sha256: string;
  /** Where in the image its core module begins. All other offsets are bytes from there. */
  module: number;
  /** How many functions it imports: the first of its own has this index. */
  imports: number;
  /** Its own functions, in the order of their indices: name, start and end. */
  functions: [name: string, start: number, end: number][];
  /** A source map, version 3. Its columns are offsets, and its names those of `scopes`. */
  map: { version: 3; sources: string[]; names: string[]; mappings: string };
  /** What the names of the map stand for: of code that was inlined, where. */
  scopes: SymbolScope[];
  /** The places that the numbers of `link.site` stand for, number 1 first. */
  sites: (Place | null)[];
}

/** A place in a source, as the map has them: lines and columns count from 0. */
export type Place = [source: number, line: number, column: number];

/** A function, or one that was inlined: then into which scope (one further in front), and the call, if it is known. */
export interface SymbolScope {
  name: string;
  caller?: number;
  place?: Place;
}

/** Reads NAME.symbols. Fails when it is something else, or damaged. */
export function readSymbols(file: string): Symbols {
  let text = "";
  try {
    text = readFileSync(file, "utf8");
  } catch {
    fail("MW701", [file]);
  }
  let symbols: unknown;
  try {
    symbols = JSON.parse(text);
  } catch (error) {
    fail("MW702", [file, (error as Error).message]);
  }
  const wrong = mistakeIn(symbols as Symbols);
  if (wrong) fail("MW702", [file, `its ${wrong} is missing or damaged`]);
  return symbols as Symbols;
}

/** Fails when the image beside NAME.symbols, if there is one, is another than theirs. */
export function checkImage(file: string, symbols: Symbols): void {
  const image = `${file.replace(/\.symbols$/, "")}.wasm`;
  if (existsSync(image) && digestOf(image) !== symbols.sha256) fail("MW703", [file, image]);
}

const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;
const isText = (value: unknown): boolean => typeof value === "string";
const isList = (value: unknown, isItem: (item: never, index: number) => boolean): boolean =>
  Array.isArray(value) && value.every(isItem as (item: unknown, index: number) => boolean);

/** The first part that is not as it has to be. */
function mistakeIn(symbols: Symbols): string | undefined {
  const isPlace = (place: unknown): boolean => isList(place, isCount) && (place as number[]).length === 3;
  const isScope = (scope: SymbolScope | null, index: number): boolean =>
    isText(scope?.name) && (scope?.caller === undefined || (isCount(scope.caller) && scope.caller < index)) && (scope?.place === undefined || isPlace(scope.place));
  const checks: [part: string, isRight: boolean][] = [
    ["schema", symbols?.schema === 1],
    ["sha256", /^[0-9a-f]{64}$/.test(String(symbols?.sha256))],
    ["module", isCount(symbols?.module)],
    ["imports", isCount(symbols?.imports)],
    ["functions", isList(symbols?.functions, (one: unknown[] | null) => isText(one?.[0]) && isCount(one?.[1]) && isCount(one?.[2]))],
    ["map", isList(symbols?.map?.sources, isText) && isText(symbols.map.mappings)],
    ["scopes", isList(symbols?.scopes, isScope)],
    ["sites", isList(symbols?.sites, (one: unknown) => one === null || isPlace(one))],
  ];
  return checks.find(([, isRight]) => !isRight)?.[0];
}
