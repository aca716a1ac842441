import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { root } from "../support/project.ts";
import { type Exports, instantiate, newMemory } from "../support/wasm.ts";

const wasm = readFileSync(join(root, "build/kernel.wasm"));
/** Slots of the caller's, and the heap behind them. */
const SLOTS = 16_384;
const HEAP = 65_536;

let kernel: Exports;
let memory: { buffer: ArrayBuffer };
/** The blocks of the heap that are not freed: address and size. */
let blocks: Map<number, number>;
let top: number;

/** realloc as the kernel asks the app for it; what grows always moves. */
function reserve(block: number, size: number): number {
  const old = blocks.get(block);
  if (block !== 0 && old === undefined) throw new Error(`${block} is no block`);
  blocks.delete(block);
  const at = top;
  top += (size + 15) & ~15;
  if (top > memory.buffer.byteLength) throw new Error("memory is out");
  blocks.set(at, size);
  new Uint8Array(memory.buffer).copyWithin(at, block, block + Math.min(old ?? 0, size));
  return at;
}

function release(block: number): void {
  if (!blocks.delete(block)) throw new Error(`${block} is no block`);
}

beforeEach(() => {
  memory = newMemory(64);
  blocks = new Map();
  top = HEAP;
  // From cabi_realloc nothing but `reserve` and `release` may be called: the host may not be re-entered.
  const given: Record<string, unknown> = { memory, reserve, release };
  const module = new Proxy({}, { get: (_, name: string) => given[name] ?? (() => expect.fail(`the kernel called ${name}`)) });
  kernel = instantiate(wasm, new Proxy({}, { get: () => module }));
});

const request = (size: number, align = 1): number => kernel.cabi_realloc(0, 0, align, size);
const grow = (old: number, oldSize: number, size: number): number => kernel.cabi_realloc(old, oldSize, 1, size);
const write = (at: number, text: string): void => void Buffer.from(memory.buffer).write(text, at, "latin1");
const textAt = (at: number, size: number): string => Buffer.from(memory.buffer).toString("latin1", at, at + size);
/** Whether these bytes lie in a block that is not freed. */
const isLive = (at: number, size: number): boolean => [...blocks].some(([start, length]) => at >= start && at + size <= start + length);

test("one buffer takes one list", () => {
  kernel.realloc_slots(SLOTS, 100, 1);
  expect(request(100)).toBe(SLOTS);
  expect([blocks.size, kernel.realloc_dropped()]).toEqual([0, 0]);
});

test("slots are handed out in order, also to what is empty; what follows lands in the spill area", () => {
  kernel.realloc_slots(SLOTS, 32, 3);
  expect([request(8), request(0), request(32)]).toEqual([SLOTS, SLOTS + 32, SLOTS + 64]);
  const behind = request(8);
  expect(isLive(behind, 8)).toBe(true);
  expect(kernel.realloc_dropped()).toBe(0);
});

test("the spill area keeps all that it is given, aligned, and grows by what is larger than a piece of it", () => {
  kernel.realloc_anywhere();
  const given: [at: number, size: number][] = [];
  for (const [size, align] of [
    [3, 1],
    [8, 8],
    [1, 1],
    [6, 2],
    [30_000, 4],
    [40_000, 4],
    [200_000, 8],
    [5, 1],
  ] as const) {
    const at = request(size, align);
    expect(at % align).toBe(0);
    expect(isLive(at, size)).toBe(true);
    for (const [other, length] of given) expect(at >= other + length || at + size <= other).toBe(true);
    given.push([at, size]);
  }
  expect(kernel.realloc_dropped()).toBe(0);
});

test("released, it gives back every byte, and begins anew", () => {
  kernel.realloc_anywhere();
  for (let count = 0; count < 5; count++) request(50_000);
  expect(blocks.size).toBeGreaterThan(1);
  kernel.realloc_release();
  expect(blocks.size).toBe(0);
  expect(isLive(request(10), 10)).toBe(true);
});

test("what shrinks stays, and what grows in its slot too", () => {
  kernel.realloc_slots(SLOTS, 100, 2);
  const text = request(80);
  expect([grow(text, 80, 40), grow(text, 40, 90), grow(text, 90, 100)]).toEqual([text, text, text]);
  expect(request(10)).toBe(SLOTS + 100);
  expect(kernel.realloc_dropped()).toBe(0);
});

test("what grows in the spill area keeps its bytes", () => {
  kernel.realloc_anywhere();
  const text = request(5);
  write(text, "hello");
  const moved = grow(text, 5, 70_000);
  expect(textAt(moved, 5)).toBe("hello");
  expect(isLive(moved, 70_000)).toBe(true);
  expect(textAt(grow(moved, 70_000, 80_000), 5)).toBe("hello");
});

test("what is too large is dropped and counted, and touches no slot", () => {
  kernel.realloc_slots(SLOTS, 16, 3);
  for (const [index, size] of [17, 16, 300_000].entries()) {
    const at = request(size);
    if (size === 16) expect(at).toBe(SLOTS + 16 * index);
    else expect(isLive(at, size)).toBe(true);
  }
  expect(kernel.realloc_dropped()).toBe(2);
});

test("what outgrows its slot is counted once, however often it grows", () => {
  kernel.realloc_slots(SLOTS, 16, 2);
  let at = request(10);
  for (const [from, to] of [
    [10, 20],
    [20, 40],
    [40, 100_000],
  ] as const) {
    at = grow(at, from, to);
    expect(isLive(at, to)).toBe(true);
  }
  expect(kernel.realloc_dropped()).toBe(1);
  expect(request(16)).toBe(SLOTS + 16);
});

test("a host still writes to a list that is dropped while its strings are, each larger than the one before", () => {
  kernel.realloc_slots(SLOTS, 16, 10);
  const list = request(80);
  for (let index = 0; index < 10; index++) {
    const size = 100 * (index + 1);
    const string = request(size);
    expect(isLive(string, size)).toBe(true);
    // The pointer and length of the string that was just written.
    expect(isLive(list + 8 * index, 8)).toBe(true);
  }
});

test("what was dropped takes no more memory than the largest of it once needed", () => {
  for (let index = 0; index < 1000; index++) {
    kernel.realloc_slots(SLOTS, 16, 1);
    request(1000 + index);
  }
  const kept = [...blocks.values()].reduce((sum, size) => sum + size, 0);
  expect(kept).toBeLessThan(5000);
  expect(kernel.realloc_dropped()).toBe(1000);
});

test("a plan ends with the next one: a block at the place of an old slot is no slot", () => {
  kernel.realloc_anywhere();
  const spill = request(8);
  kernel.realloc_release();
  kernel.realloc_slots(spill + 64, 8, 1);
  expect(request(8)).toBe(spill + 64);
  top = HEAP;
  kernel.realloc_anywhere();
  for (let at = 0; at !== spill + 64; ) at = request(8);
  write(spill + 64, "kept");
  expect(textAt(grow(spill + 64, 8, 1000), 4)).toBe("kept");
  expect(kernel.realloc_dropped()).toBe(0);
});
