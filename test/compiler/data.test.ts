import { expect, test } from "vitest";
import { Section, sectionOf } from "../../compiler/build/binary.ts";
import { readModule } from "../../compiler/build/binaryen.ts";
import { addUsedData, lowestData, takeData } from "../../compiler/build/data.ts";
import { binaryen, instantiate, parse } from "../support/wasm.ts";

const bytes = (values: number[]): string => values.map((value) => `\\${value.toString(16).padStart(2, "0")}`).join("");
const words = (...values: number[]): string => bytes([...new Uint8Array(Uint32Array.from(values).buffer)]);
const segment = (at: number, text: string): string => `(data (i32.const ${at}) "${text}")`;
const code = (expression: string): string => `(func (export "run") (drop ${expression}))`;

/** A module that the optimiser has had without its data, with what is used of that. */
function withUsedData(fields: string, blockSizes = false): Uint8Array {
  const module = parse(`(memory (export "memory") 2) ${fields}`);
  const { wasm, segments } = takeData(module.emitBinary());
  module.dispose();
  const without = readModule(binaryen, wasm);
  const used = addUsedData(without.emitBinary(), segments, without.emitText(), blockSizes);
  without.dispose();
  return used;
}

/** Its memory when it starts. */
function memoryOf(fields: string, blockSizes = false): DataView {
  return new DataView(instantiate(withUsedData(fields, blockSizes)).memory.buffer);
}

test.each<[what: string, kept: number[], fields: string]>([
  ["what nothing refers to", [], `${segment(1024, "a")} ${code("(i32.const 7)")}`],
  ["what a constant refers to", [1024], `${segment(1024, "a")} ${segment(2048, "b")} ${code("(i32.const 1024)")}`],
  ["what a constant refers to the middle of", [1024], `${segment(1024, "abcd")} ${code("(i32.const 1027)")}`],
  ["what ends where a constant begins", [], `${segment(1024, "abcd")} ${code("(i32.const 1028)")}`],
  ["what the offset of a load refers to", [2048], `${segment(1024, "a")} ${segment(2048, "b")} ${code("(i32.load offset=2048 (i32.const 0))")}`],
  ["what data refers to that is kept", [1024, 2048, 3072], `${segment(1024, words(9, 2048))} ${segment(2048, words(9, 3072))} ${segment(3072, "c")} ${code("(i32.const 1024)")}`],
  ["what only data refers to that is dropped", [3072], `${segment(1024, words(2048))} ${segment(2048, "b")} ${segment(3072, "c")} ${code("(i32.const 3072)")}`],
  ["what the code refers to through a global", [1024], `(global $g (mut i32) (i32.const 1024)) ${segment(1024, "a")} ${code("(global.get $g)")}`],
])("%s: kept are %j", (_, kept, fields) => {
  const memory = memoryOf(fields);
  expect([1024, 2048, 3072].filter((at) => memory.getUint8(at) !== 0)).toEqual(kept);
});

test.each([true, false])("block sizes of objects that may grow stay only for an allocator that reads them: %s", (blockSizes) => {
  const object = words(28, 0, 0, 5, 12, 1, 2, 3);
  const plain = words(28, 1, 0, 5, 12, 1, 2, 3);
  const text = words(28, 0, 0, 2, 12, 1, 2, 3);
  const memory = memoryOf(
    `${segment(1024, object)} ${segment(2048, plain)} ${segment(3072, text)} ${code("(i32.add (i32.add (i32.const 1044) (i32.const 2048)) (i32.const 3092))")}`,
    blockSizes,
  );
  const read = (at: number): number[] => Array.from({ length: 8 }, (_, index) => memory.getUint32(at + 4 * index, true));
  expect(read(1024)).toEqual([blockSizes ? 28 : 0, 0, 0, 5, 12, 1, 2, 3]);
  expect(read(2048)).toEqual([28, 1, 0, 5, 12, 1, 2, 3]);
  expect(read(3072)).toEqual([0, 0, 0, 2, 12, 1, 2, 3]);
});

test("many zeros take no room, and what is left is where it was", () => {
  const fields = [segment(1024, `ab${bytes([0, 0, 0])}c${bytes(new Array<number>(70_000).fill(0))}d`), segment(71_034, "e"), code("(i32.add (i32.const 1024) (i32.const 71034))")];
  const wasm = withUsedData(fields.join(""));
  expect(wasm.length).toBeLessThan(200);
  const memory = Buffer.from(instantiate(wasm).memory.buffer);
  expect([memory.subarray(1024, 1031).toString(), memory.subarray(71_029, 71_036).toString()]).toEqual(["ab\0\0\0c\0", "\0d\0\0\0e\0"]);
});

test("code stays where it is when data is taken out", () => {
  const module = parse(`(memory (export "memory") 1) ${segment(1024, "a").repeat(200)} ${code("(i32.const 1024)")} (func (memory.fill (i32.const 0) (i32.const 0) (i32.const 0)))`);
  const wasm = Buffer.from(module.emitBinary());
  module.dispose();
  const body = sectionOf(wasm, Section.code) as Uint8Array;
  expect(sectionOf(wasm, Section.dataCount)).toBeDefined();
  expect(Buffer.from(takeData(wasm).wasm).indexOf(body)).toBe(wasm.indexOf(body));
});

test("the lowest address of data, if there is any", () => {
  const lowest = (fields: string): number | undefined => lowestData(parse(`(memory 1) ${fields}`).emitBinary());
  expect(lowest(segment(2048, "b") + segment(1024, "a"))).toBe(1024);
  expect(lowest("")).toBeUndefined();
});
