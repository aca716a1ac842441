import { expect, test } from "vitest";
import { callsWithoutBound } from "../../compiler/build/reach.ts";
import { parse } from "../support/wasm.ts";

const calls = (name: string, times: number): string => `(call $${name})`.repeat(times);
/** Functions $d0 to $d8, each calling the next one twice: $d0 calls the target 256 times. */
const doubling = Array.from({ length: 9 }, (_, index) => `(func $d${index} ${index === 8 ? calls("target", 1) : calls(`d${index + 1}`, 2)})`).join("");
const inTable = (names: string): string => `(table 4 funcref) (elem (i32.const 0) ${names}) (type $void (func))`;
const indirect = "(call_indirect (type $void) (i32.const 0))";
const loop = (body: string): string => `(loop $l ${body} (br_if $l (global.get $again)))`;

test.each<[what: string, unbounded: boolean, fields: string]>([
  ["no call", false, "(func $run)"],
  ["one call", false, `(func $run ${calls("target", 1)})`],
  ["a call that nothing reaches", false, `(func $run) (func $other ${loop(calls("target", 1))})`],
  ["a call in a loop", true, `(func $run ${loop(calls("target", 1))})`],
  ["a call in a block of a loop", true, `(func $run ${loop(`(block (if (global.get $again) (then ${calls("target", 1)})))`)})`],
  ["a call behind a loop", false, `(func $run ${loop("(nop)")} ${calls("target", 1)})`],
  ["a loop that calls what calls it", true, `(func $run ${loop(calls("one", 1))}) (func $one ${calls("two", 1)}) (func $two ${calls("target", 1)})`],
  ["a loop beside a call", false, `(func $run ${loop(calls("other", 1))} ${calls("target", 1)}) (func $other)`],
  ["a recursion", true, `(func $run ${calls("run", 1)} ${calls("target", 1)})`],
  ["a mutual recursion", true, `(func $run ${calls("even", 1)}) (func $even ${calls("odd", 1)}) (func $odd ${calls("even", 1)} ${calls("target", 1)})`],
  ["a recursion beside it", false, `(func $run ${calls("other", 1)} ${calls("target", 1)}) (func $other ${calls("other", 1)})`],
  ["an indirect call", false, `${inTable("$one")} (func $run ${indirect}) (func $one ${calls("target", 1)})`],
  ["an indirect call in a loop", true, `${inTable("$one")} (func $run ${loop(indirect)}) (func $one ${calls("target", 1)})`],
  ["an indirect call in a loop, of what does not call it", false, `${inTable("$one")} (func $run ${loop(indirect)} ${calls("target", 1)}) (func $one)`],
  ["a recursion through the table", true, `${inTable("$one")} (func $run ${indirect}) (func $one ${indirect} ${calls("target", 1)})`],
  ["a loop in what runs once", false, `(func $run (call $m/readCommandLine)) (func $m/readCommandLine ${loop(calls("one", 1))}) (func $one ${calls("target", 1)})`],
  [
    "a loop beside what runs once",
    true,
    `(func $run (call $m/readCommandLine) ${loop(calls("one", 1))}) (func $m/readCommandLine ${calls("one", 1)}) (func $one ${calls("target", 1)})`,
  ],
  ["256 calls", false, `(func $run ${calls("d0", 1)}) ${doubling}`],
  ["257 calls", true, `(func $run ${calls("d0", 1)} ${calls("target", 1)}) ${doubling}`],
])("%s: %s", (_, unbounded, fields) => {
  const module = parse(`(import "link" "target" (func $target)) (global $again (mut i32) (i32.const 0)) (export "run" (func $run)) ${fields}`);
  expect(callsWithoutBound(module, "run", "target")).toBe(unbounded);
  module.dispose();
});
