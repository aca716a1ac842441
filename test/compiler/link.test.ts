import { expect, test } from "vitest";
import { ALLOCATES, dropMarks, importedName, importsOf, keepExports, resolveImports, uses } from "../../compiler/build/link.ts";
import { binaryen, instantiate, parse } from "../support/wasm.ts";

const linked = (uses = ""): ReturnType<typeof parse> =>
  parse(`
    (import "link" "threads" (func $threads (result i32)))
    (import "link" "allocates" (func $allocates))
    ${uses}
    (import "env" "reserve" (func $reserve (param i32 i32) (result i32)))
    (import "env" "start" (func $start))
    (import "acme:led/light" "set" (func $set (param i32)))
    (memory (export "memory") 1)
    (func $run (export "run") (result i32)
      (call $allocates) (call $start) (call $set (i32.const 5))
      (i32.add (i32.mul (call $threads) (i32.const 10)) (call $reserve (i32.const 1) (i32.const 2))))
    (func (export "unused"))`);

test.each([
  ["threads", `(import "link" "uses_threads" (func $uses_threads))`, 10],
  ["nothing", "", 0],
  ["something else", `(import "link" "uses_logs" (func $uses_logs))`, 0],
])("calls of the linker are answered where the app uses %s, and what it lacks does nothing", (_, imported, expected) => {
  const module = linked(imported);
  expect(uses(binaryen, module, "threads")).toBe(expected > 0);
  resolveImports(binaryen, module);
  dropMarks(binaryen, module);
  expect(importsOf(binaryen, module)).toEqual([{ module: "acme:led/light", name: "set" }]);
  const said: number[] = [];
  const exports = instantiate(module.emitBinary(), { "acme:led/light": { set: (value: number) => said.push(value) } });
  expect([exports.run(), ...said]).toEqual([expected, 5]);
  module.dispose();
});

test("marks of allocations stay until they have been counted", () => {
  const module = linked();
  resolveImports(binaryen, module);
  expect(importsOf(binaryen, module)).toContainEqual({ module: "link", name: ALLOCATES });
  expect(importedName(binaryen, module, "link", ALLOCATES)).toBeDefined();
  expect(importedName(binaryen, module, "link", "threads")).toBeUndefined();
  module.dispose();
});

test("of the exports, the memory and what is named stay, under their new names", () => {
  const module = linked();
  keepExports(binaryen, module, { run: "wasi:cli/run@0.2.0#run", cabi_realloc: "cabi_realloc" });
  resolveImports(binaryen, module);
  dropMarks(binaryen, module);
  const exports = instantiate(module.emitBinary(), { "acme:led/light": { set: () => {} } });
  expect(Object.keys(exports).sort()).toEqual(["memory", "wasi:cli/run@0.2.0#run"]);
  module.dispose();
});
