import { randomInt } from "node:crypto";
import { expect, test } from "vitest";
import { elideFrames } from "../../compiler/build/elide-frames.ts";
import { binaryen, type Exports, instantiate, parse } from "../support/wasm.ts";

const POINTER = "(global.get $~lib/memory/__stack_pointer)";
const STACK_END = 4096;
const WORD = 4;

const move = (by: "add" | "sub", slots: number): string => `(global.set $~lib/memory/__stack_pointer (i32.${by} ${POINTER} (i32.const ${slots * WORD})))`;
const hold = (slot: number, value: string): string => `(i32.store offset=${slot * WORD} ${POINTER} ${value})`;

/** A function as AssemblyScript's ShadowStackPass writes it. */
function fn(name: string, slots: number, body: string, locals = ""): string {
  const zeros =
    slots > 4 ? `(memory.fill ${POINTER} (i32.const 0) (i32.const ${slots * WORD}))` : Array.from({ length: slots }, (_, slot) => hold(slot, "(i32.const 0)")).join(" ");
  return `(func ${name} ${locals} ${slots ? `${move("sub", slots)} (call $~stack_check) ${zeros} ${body} ${move("add", slots)}` : body})`;
}

/** The module's text as the linker meets it. `look` reads the stack, `choose` does not. */
function textOf(functions: string): string {
  const module = parse(`(import "asyncify" "look" (func $look)) (import "env" "choose" (func $choose (result i32)))
    (memory (export "memory") 1) (global $~lib/memory/__stack_pointer (export "pointer") (mut i32) (i32.const ${STACK_END}))
    (func $~stack_check (if (i32.lt_s ${POINTER} (i32.const 1024)) (then (unreachable)))) ${functions}`);
  const text = module.emitText();
  module.dispose();
  return text;
}

function assemble(text: string): Uint8Array {
  const module = binaryen.parseText(text);
  module.setFeatures(binaryen.Features.All);
  const wasm = module.emitBinary();
  module.dispose();
  return wasm;
}

/** What each `look` sees while `run` runs: the objects on the stack. */
function seen(wasm: Uint8Array, choices: () => number): number[][] {
  const looks: number[][] = [];
  const look = (): void => {
    const words = new Uint32Array(exports["memory"].buffer, exports["pointer"].value, (STACK_END - exports["pointer"].value) / WORD);
    looks.push([...new Set(words)].filter((word) => word !== 0).sort((a, b) => a - b));
  };
  const exports: Exports = instantiate(wasm, { asyncify: { look }, env: { choose: choices } });
  // What another has left there.
  new Uint8Array(exports["memory"].buffer).fill(0xa5, 0, STACK_END);
  exports["run"]();
  expect(exports["pointer"].value).toBe(STACK_END);
  return looks;
}

/** So many choices, then zeros: loops end. */
function some(count: number, choose: () => number): () => number {
  let left = count;
  return () => (left-- > 0 ? choose() : 0);
}

const framesIn = (text: string): string[] => text.split(/^ \(func /m).flatMap((one) => (/^\S+/.exec(one) && one.includes("i32.sub") ? [/^\S+/.exec(one)?.[0] as string] : []));

const store = hold(0, "(i32.const 7)");

test.each<[what: string, frames: string[], functions: string, entered?: string[]]>([
  ["nobody looks", [], fn("$run", 1, store)],
  ["a call looks", ["$run"], fn("$run", 1, `${store} (call $look)`)],
  ["the look is before the store", [], fn("$run", 1, `(call $look) ${store}`)],
  ["the look is in another branch", [], fn("$run", 1, `(if (call $choose) (then ${store}) (else (call $look)))`)],
  ["the look is behind the branch", ["$run"], fn("$run", 1, `(if (call $choose) (then ${store})) (call $look)`)],
  ["the look comes with the next turn of the loop", ["$run"], fn("$run", 1, `(loop $l (call $look) ${store} (br_if $l (call $choose)))`)],
  ["the function is left before the look", [], fn("$run", 1, `(block $b (if (call $choose) (then ${store} (br $b))) (call $look))`)],
  ["the function returns before the look", [], fn("$run", 1, `(if (call $choose) (then ${store} ${move("add", 1)} (return))) (call $look)`)],
  ["the look is behind a table of branches", ["$run"], fn("$run", 1, `(block $b (block $c ${store} (br_table $b $c (call $choose))) (call $look))`)],
  ["what is called looks", ["$run"], `${fn("$run", 1, `${store} (call $one)`)} (func $one (call $two)) (func $two (call $look))`],
  ["what is called has a frame that nobody sees", [], `${fn("$run", 1, `${store} (call $one)`)} ${fn("$one", 1, store)}`],
  [
    "what is called moves the stack",
    ["$run"],
    `${fn("$run", 1, `${store} (call $one)`)} (func $one (global.set $~lib/memory/__stack_pointer (global.get $~lib/memory/__stack_pointer)))`,
  ],
  [
    "the table has what looks",
    ["$run"],
    `(table 1 funcref) (elem (i32.const 0) $one) (type $void (func)) ${fn("$run", 1, `${store} (call_indirect (type $void) (i32.const 0))`)} (func $one (call $look))`,
  ],
  [
    "the table has what does not look",
    [],
    `(table 1 funcref) (elem (i32.const 0) $one) (type $void (func)) ${fn("$run", 1, `${store} (call_indirect (type $void) (i32.const 0))`)} (func $one)`,
  ],
  ["the host may enter what looks", ["$run"], `${fn("$run", 1, `${store} (drop (call $choose))`)} (func (export "enter") (call $look))`, ["enter"]],
  ["the host does not enter what looks", [], `${fn("$run", 1, `${store} (drop (call $choose))`)} (func (export "enter") (call $look))`],
])("a frame, when %s: kept in %j", (_, frames, functions, entered = []) => {
  const text = textOf(`${functions} (export "run" (func $run))`);
  const without = elideFrames(text, entered);
  expect(framesIn(without)).toEqual(frames);
  for (const choice of [0, 1])
    expect(
      seen(
        assemble(without),
        some(3, () => choice),
      ),
    ).toEqual(
      seen(
        assemble(text),
        some(3, () => choice),
      ),
    );
});

test("of a frame, the slots that nobody sees are gone, and the rest is filled with zeros only where they are seen", () => {
  const stores = Array.from({ length: 9 }, (_, slot) => hold(slot, `(i32.const ${slot + 1})`));
  const text = elideFrames(textOf(`${fn("$run", 9, `${stores[3]} (call $look) ${stores.slice(4, 6).join(" ")} (call $look) ${stores[8]}`)} (export "run" (func $run))`), []);
  expect(text).toContain("(i32.const 12)");
  expect(text).not.toContain("memory.fill");
  expect(seen(assemble(text), () => 0)).toEqual([[4], [4, 5, 6]]);
});

test("a store is gone when another to its slot comes before the look", () => {
  const text = elideFrames(textOf(`${fn("$run", 1, `${hold(0, "(i32.const 7)")} ${hold(0, "(i32.const 8)")} (call $look)`)} (export "run" (func $run))`), []);
  expect(text.match(/i32\.store/g)).toHaveLength(1);
  expect(seen(assemble(text), () => 0)).toEqual([[8]]);
});

const keep = (slot: number, local: string): string => `(local.set $t (local.get ${local})) ${hold(slot, "(local.get $t)")}`;
const PASSES = "(param $p i32) (local $t i32)";
const passer = fn("$passer", 1, `${keep(0, "$p")} (call $look)`, PASSES);

test.each<[what: string, frames: string[], functions: string]>([
  ["its caller holds it", ["$run"], `${fn("$run", 1, `(local.set $t (i32.const 7)) ${hold(0, "(local.get $t)")} (call $passer (local.get $t))`, "(local $t i32)")} ${passer}`],
  ["its caller does not hold it", ["$passer"], `(func $run (local $t i32) (local.set $t (i32.const 7)) (call $passer (local.get $t))) ${passer}`],
  [
    "its caller holds it no more",
    ["$run", "$passer"],
    `${fn("$run", 1, `(local.set $t (i32.const 7)) ${hold(0, "(local.get $t)")} (call $passer (block (result i32) ${hold(0, "(i32.const 8)")} (local.get $t)))`, "(local $t i32)")} ${passer}`,
  ],
  [
    "its caller holds another value by then",
    ["$run", "$passer"],
    `${fn("$run", 1, `(local.set $t (i32.const 7)) ${hold(0, "(local.get $t)")} (local.set $t (i32.const 8)) (call $passer (local.get $t))`, "(local $t i32)")} ${passer}`,
  ],
  [
    "its caller holds it on one way only",
    ["$run", "$passer"],
    `${fn("$run", 1, `(local.set $t (i32.const 7)) (if (call $choose) (then ${hold(0, "(local.get $t)")})) (call $passer (local.get $t))`, "(local $t i32)")} ${passer}`,
  ],
  [
    "a branch goes past where its caller holds it",
    ["$run", "$passer"],
    `${fn("$run", 1, `(local.set $t (i32.const 7)) (block $b (br_if $b (call $choose)) ${hold(0, "(local.get $t)")}) (call $passer (local.get $t))`, "(local $t i32)")} ${passer}`,
  ],
  [
    "another has its slot in the next turn of a loop",
    ["$run", "$passer"],
    `${fn("$run", 1, `(local.set $t (i32.const 7)) ${hold(0, "(local.get $t)")} (loop $l (call $passer (local.get $t)) ${hold(0, "(i32.const 8)")} (br_if $l (call $choose)))`, "(local $t i32)")} ${passer}`,
  ],
  [
    "it is another in the next turn of a loop",
    ["$run", "$passer"],
    `${fn("$run", 1, `(local.set $t (i32.const 7)) ${hold(0, "(local.get $t)")} (loop $l (call $passer (local.get $t)) (local.set $t (i32.const 8)) (br_if $l (call $choose)))`, "(local $t i32)")} ${passer}`,
  ],
  [
    "its caller passes on what is held",
    ["$run"],
    `${fn("$run", 1, `(local.set $t (i32.const 7)) ${hold(0, "(local.get $t)")} (call $between (local.get $t))`, "(local $t i32)")} (func $between ${PASSES} (call $passer (local.get $p))) ${passer}`,
  ],
  [
    "one of two callers does not hold it",
    ["$run", "$passer"],
    `${fn("$run", 1, `(local.set $t (i32.const 7)) ${hold(0, "(local.get $t)")} (call $passer (local.get $t)) (call $other)`, "(local $t i32)")} (func $other (local $t i32) (local.set $t (i32.const 9)) (call $passer (local.get $t))) ${passer}`,
  ],
  [
    "it is in the table too",
    ["$run", "$passer"],
    `(table 1 funcref) (elem (i32.const 0) $passer) ${fn("$run", 1, `(local.set $t (i32.const 7)) ${hold(0, "(local.get $t)")} (call $passer (local.get $t))`, "(local $t i32)")} ${passer}`,
  ],
])("a frame for a parameter, when %s: kept in %j", (_, frames, functions) => {
  const text = textOf(`${functions} (export "run" (func $run))`);
  const without = elideFrames(text, []);
  expect(framesIn(without)).toEqual(frames);
  for (const choice of [0, 1])
    expect(
      seen(
        assemble(without),
        some(3, () => choice),
      ),
    ).toEqual(
      seen(
        assemble(text),
        some(3, () => choice),
      ),
    );
});

/** Fixed by FRAMES_SEED, to see a failure again. */
const seed = Number(process.env["FRAMES_SEED"] ?? randomInt(2 ** 30));
const PROGRAMS = 200;

/** Numerical Recipes' 32-bit generator. */
function generator(start: number): (limit: number) => number {
  let state = start;
  return (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

const SLOTS = 7;
const FUNCTIONS = 5;

/** Five functions, each of which calls only later ones, so that all end; every third look is in a function of its own. */
function randomProgram(below: (limit: number) => number): string {
  let objects = 0;
  let labels = 0;
  // As AssemblyScript passes an object, and as it passes a raw pointer, which nobody holds.
  const call = (callee: number, slots: number): string => {
    const local = ["(local.get $p)", "(local.get $x)"][below(2)] as string;
    if (!slots || below(16) === 0) return `(call $f${callee} ${local})`;
    const pass = `(local.set $t ${below(2) ? local : `(i32.const ${++objects})`}) ${hold(below(slots), "(local.get $t)")}`;
    return below(2) ? `${pass} (call $f${callee} (local.get $t))` : `(call $f${callee} (block (result i32) ${pass} (local.get $t)))`;
  };
  const statement = (index: number, slots: number, open: string[], depth: number): string => {
    const inner = (label?: string): string => Array.from({ length: 1 + below(4) }, () => statement(index, slots, label ? [...open, label] : open, depth + 1)).join(" ");
    const label = `$l${labels++}`;
    const target = (): string => open[below(open.length)] as string;
    switch (below(depth > 2 ? 6 : 12)) {
      case 0:
      case 1:
        return slots ? hold(below(slots), `(local.tee $x ${["(local.get $p)", `(i32.const ${++objects})`][below(2)]})`) : "(nop)";
      case 2:
        return slots ? `${keep(below(slots), ["$x", "$p"][below(2)] as string)} (local.set $x (local.get $t))` : "(nop)";
      case 3:
        return below(2) ? "(call $look)" : "(drop (call $choose))";
      case 4:
        return index + 1 < FUNCTIONS ? call(index + 1 + below(FUNCTIONS - index - 1), slots) : `(local.set $p (local.get $x))`;
      case 5:
        return open.length ? `(br_if ${target()} (call $choose))` : "(call $quiet)";
      case 6:
        return `(if (call $choose) (then ${inner()} ${slots ? move("add", slots) : ""} (return)))`;
      case 7:
        return open.length ? `(if (call $choose) (then ${inner()} (br_table ${target()} ${target()} (call $choose))))` : "(nop)";
      case 8:
        return `(loop ${label} ${inner(label)})`;
      case 9:
        return `(block ${label} ${inner(label)})`;
      default:
        return `(if (call $choose) (then ${inner()}) (else ${inner()}))`;
    }
  };
  const functions = Array.from({ length: FUNCTIONS }, (_, index) => {
    const slots = below(SLOTS);
    return fn(`$f${index}`, slots, Array.from({ length: 2 + below(6) }, () => statement(index, slots, [], 0)).join(" "), "(param $p i32) (local $x i32) (local $t i32)");
  });
  return `${functions.join(" ")} ${fn("$quiet", 2, hold(1, "(i32.const 1)"))} (func (export "run") (local $x i32) (local.set $x (i32.const 9999)) (call $f0 (local.get $x)))`;
}

test(`the collector sees all that it saw before, in ${PROGRAMS} random programs from seed ${seed} on`, () => {
  let looks = 0;
  let gone = 0;
  for (let index = 0; index < PROGRAMS; index++) {
    const text = textOf(randomProgram(generator(seed + index)));
    const without = elideFrames(text, []);
    gone += framesIn(text).length - framesIn(without).length;
    const [before, after] = [assemble(text), assemble(without)];
    for (let run = 0; run < 4; run++) {
      const choices = (): (() => number) => {
        const below = generator(seed ^ (index * 4 + run));
        return some(100, () => below(2));
      };
      const objects = seen(after, choices());
      const wanted = seen(before, choices());
      expect(objects.length).toBe(wanted.length);
      for (const [look, some] of wanted.entries()) expect(objects[look], `look ${look} of program ${index}`).toEqual(expect.arrayContaining(some));
      looks += objects.filter((one) => one.length > 0).length;
    }
  }
  expect(looks).toBeGreaterThan(PROGRAMS);
  expect(gone).toBeGreaterThan(PROGRAMS / 10);
});
