import { expect, test } from "vitest";
import { locate } from "../../compiler/build/locate.ts";

const IMPORT = `(module\n (import "link" "site" (func $site (result i32)))`;
const at = (file: string, line: number, column: number): object => ({ file, line, column });

test("the places of a function are named by its number, and code without one belongs to what is around it", () => {
  const { text, scopes } = locate(`(module
 (func $job/a (result i32)
  ;;@ job.ts:3:2
  (drop
   ;;@
   (i32.const 1)
  )
 )
 (func $"job/b(c)" (result i32)
  ;;@ job.ts:7:0
  (i32.const 2)
 )
)`);
  expect(scopes.map(({ name }) => name)).toEqual(["job/a", "job/b(c)"]);
  expect(text.split("\n").filter((line) => line.includes(";;@"))).toEqual(["  ;;@ job.ts:3:2:0", "  ;;@ job.ts:7:0:1"]);
});

test("what AssemblyScript has inlined is a scope of its own, its arguments are not", () => {
  const { scopes, calls } = locate(`(module
 (func $job/a
  ;;@ job.ts:3:2
  (block $block
   ;;@ ~lib/mirage-wasm/thread.ts:9:4
   (call $sleep
    ;;@ job.ts:3:8
    (call $argument)
   )
  )
  ;;@ job.ts:4:2
  (call $last)
 )
)`);
  const [a] = scopes;
  expect(scopes).toEqual([a, { index: 1, name: "job/a", file: "~lib/mirage-wasm/thread.ts", caller: a, place: at("job.ts", 3, 3) }]);
  expect(calls.map(({ callee, caller, place }) => [callee, caller.index, place])).toEqual([
    ["sleep", 1, at("~lib/mirage-wasm/thread.ts", 9, 5)],
    ["argument", 0, at("job.ts", 3, 9)],
    ["last", 0, at("job.ts", 4, 3)],
  ]);
});

test("each call of link.site is answered by its number, which stands for the user's place", () => {
  const { text, sites } = locate(`${IMPORT}
 (func $job/a
  ;;@ job.ts:3:2
  (block $block
   ;;@ ~lib/mirage-wasm/thread.ts:9:4
   (block $inner
    ;;@ ~lib/mirage-wasm/scheduler.ts:1:0
    (drop
     (call $site)
    )
   )
  )
 )
 (func $~lib/own
  ;;@ ~lib/own.ts:5:6
  (drop
   (call $site)
  )
 )
)`);
  expect(sites).toEqual([at("job.ts", 3, 3), at("~lib/own.ts", 5, 7)]);
  expect([...text.matchAll(/i32\.const \d+/g)].map(String)).toEqual(["i32.const 1", "i32.const 2"]);
  expect(text).not.toContain("(call $site)");
});

test("without places the same text comes out, and the sites have the same numbers", () => {
  const bare = `${IMPORT}
 (func $a
  (drop
   (call $site)
  )
 )
)`;
  expect(locate(bare)).toMatchObject({ text: bare.replace("(call $site)", "(i32.const 1)"), sites: [undefined] });
});
