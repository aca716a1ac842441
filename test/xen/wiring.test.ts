import { parse as parseComponent } from "@bytecodealliance/jco-transpile/wasm-tools";
import { expect, test } from "vitest";
import { coreModuleOf } from "../../compiler/xen/core-module.ts";
import { exportsOf, importsOf } from "../../compiler/xen/module.ts";
import { instantiate } from "../support/wasm.ts";

const CLOCK = `(import "wasi:clocks/monotonic-clock@0.2.3" (instance $clock (export "now" (func (result u64))) (export "resolution" (func (result u64)))))
  (core func $now (canon lower (func $clock "now")))
  (core func $resolution (canon lower (func $clock "resolution")))`;
const ARGUMENTS = `(import "wasi:cli/environment@0.2.0" (instance $environment (export "get-arguments" (func (result (list string))))))`;
const RUN = `(func $run (result (result)) (canon lift (core func $main "go")))
  (instance $exported (export "run" (func $run)))
  (export "wasi:cli/run@0.2.1" (instance $exported))`;

/** A module whose `go` tells apart what it calls first and then. */
const MAIN = `(core module $Main
    (import "a" "b" (func $first (result i64)))
    (import "c" "d" (func $then (result i64)))
    (func (export "unused"))
    (func (export "go") (result i32) (i32.wrap_i64 (i64.sub (i64.mul (call $first) (i64.const 10)) (call $then)))))`;

/** One that is given its only call by a trampoline, whose table is filled later. */
const late = ({ encoding = "string-encoding=utf16", slot = 0, element = "$actual" }): string =>
  `${ARGUMENTS}
  (core module $Main
    (import "late" "call" (func $call (param i32)))
    (memory (export "mem") 3)
    (func (export "allocate") (param i32 i32 i32 i32) (result i32) i32.const 8)
    (func (export "go") (result i32) (call $call (i32.const 64)) i32.const 0))
  (core module $Trampolines
    (type $call (func (param i32)))
    (table (export "$imports") 1 1 funcref)
    (func (export "0") (param i32) local.get 0 i32.const ${slot} call_indirect (type $call)))
  (core module $Filler
    (import "actual" "0" (func $actual (param i32)))
    (import "shim" "$imports" (table 1 1 funcref))
    (elem (i32.const 0) func ${element}))
  (core instance $trampolines (instantiate $Trampolines))
  (core instance $main (instantiate $Main (with "late" (instance (export "call" (func $trampolines "0"))))))
  (core func $actual (canon lower (func $environment "get-arguments") (memory (core memory $main "mem")) (realloc (core func $main "allocate")) ${encoding}))
  (core instance (instantiate $Filler (with "actual" (instance (export "0" (func $actual)))) (with "shim" (instance $trampolines))))
  ${RUN}`;

const component = (fields: string): Promise<Uint8Array> => parseComponent(`(component ${fields})`);
const wired = (first: string, then: string): string => `${CLOCK} ${MAIN}
  (core instance $main (instantiate $Main (with "a" (instance (export "b" (func ${first})))) (with "c" (instance (export "d" (func ${then}))))))`;

test.each([
  ["$now", "$resolution", 68],
  ["$resolution", "$now", 13],
])("a module's calls are those that it is given, not those that it names: %s, %s", async (first, then, answer) => {
  const { wasm, imports } = coreModuleOf(await component(`${wired(first, then)} ${RUN}`), "x.wasm");
  expect(imports.map(({ name }) => name)).toEqual([first, then].map((name) => `wasi:clocks/monotonic-clock@0.2.3#${name.slice(1)}`));
  expect(exportsOf(wasm).map(({ name }) => name)).toEqual(["run"]);
  const host = { clocks_monotonic_clock_now: () => 7n, clocks_monotonic_clock_resolution: () => 2n };
  expect(instantiate(wasm, { wasi: host })["run"]()).toBe(answer);
});

test("behind a trampoline is what fills its slot", async () => {
  const { wasm, imports, realloc, pages } = coreModuleOf(await component(late({})), "x.wasm");
  expect(imports.map(({ name, symbol }) => [name, symbol])).toEqual([["wasi:cli/environment@0.2.0#get-arguments", "cli_environment_get_arguments"]]);
  expect(importsOf(wasm).map(({ module, name }) => [module, name])).toEqual([["wasi", "cli_environment_get_arguments"]]);
  expect(exportsOf(wasm).map(({ name }) => name)).toEqual(["cabi_realloc", "run"]);
  expect([realloc, pages]).toEqual([true, 3]);
});

test.each<[what: string, fields: string, said: string]>([
  ["strings in UTF-8", late({ encoding: "string-encoding=utf8" }), "its strings are UTF-8"],
  ["a trampoline to another slot", late({ slot: 1 }), "several modules"],
  ["a table that is filled with something else", late({ element: "" }), "several modules"],
  ["a module beside", `${wired("$now", "$now")} (core module $M (func $f unreachable) (start $f)) (core instance (instantiate $M)) ${RUN}`, "several modules"],
  [
    "a call of another module's",
    `${MAIN} (core module $Clock (func (export "now") (result i64) i64.const 0)) (core instance $clock (instantiate $Clock))
    (core instance $main (instantiate $Main (with "a" (instance (export "b" (func $clock "now")))) (with "c" (instance (export "d" (func $clock "now")))))) ${RUN}`,
    "several modules",
  ],
  ["no run", wired("$now", "$now"), "exports no wasi:cli/run"],
  ["a run of another version", `${wired("$now", "$now")} ${RUN.replace("0.2.1", "0.3.0")}`, "exports no wasi:cli/run"],
])("%s: refused", async (_, fields, said) => {
  const bytes = await component(fields);
  expect(() => coreModuleOf(bytes, "x.wasm")).toThrow(said);
});

test("calls of another version than 0.2 have no C name", async () => {
  const { imports } = coreModuleOf(await component(`${wired("$now", "$now")} ${RUN}`.replaceAll("@0.2.3", "@0.3.0")), "x.wasm");
  expect(imports.map(({ symbol }) => symbol)).toEqual([undefined, undefined]);
});
