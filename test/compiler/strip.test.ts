import { expect, test } from "vitest";
import { concat, leb } from "../../compiler/build/binary.ts";
import { strip } from "../../compiler/build/strip.ts";
import { instantiate, parse } from "../support/wasm.ts";

const COMPONENT = Uint8Array.of(0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0);
const CORE_MODULE = 1;
const NESTED = 4;
const section = (id: number, body: Uint8Array): Uint8Array => concat([Uint8Array.of(id, ...leb(body.length)), body]);
/** A custom section called "c": once short, and once so long that its size takes two bytes. */
const custom = (length: number): Uint8Array => section(0, concat([Uint8Array.of(1, 0x63), new Uint8Array(length)]));
const answer = `(func (export "answer") (result i32) (i32.const 42))`;

test("a module loses its custom sections and still does what it did", () => {
  const module = parse(answer);
  const stripped = strip(module.emitBinary());
  expect(strip(concat([stripped, custom(1), custom(300)]))).toEqual(stripped);
  expect(instantiate(stripped).answer()).toBe(42);
  module.dispose();
});

test("so do those that are nested in a component", () => {
  const bare = strip(parse(answer).emitBinary());
  const full = concat([bare, custom(300)]);
  const component = (core: Uint8Array, ...more: Uint8Array[]): Uint8Array => concat([COMPONENT, section(CORE_MODULE, core), ...more]);
  const given = component(full, custom(1), section(NESTED, component(full, custom(300))));
  expect(strip(given)).toEqual(component(bare, section(NESTED, component(bare))));
});

test("in a module, sections 1 and 4 are types and tables, not nested modules", () => {
  const bare = strip(parse(`(table 2 funcref) (elem (i32.const 0) $f) (func $f (export "f"))`).emitBinary());
  expect(strip(bare)).toEqual(bare);
});
