import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Outcome, root } from "../support/project.ts";
import { runCommands } from "./program.ts";
import { readScript } from "./script.ts";

/**
 * The published suite of WebAssembly's core (that of 2018, the newest in a registry), and scripts of our own of what was
 * added after it: sign extension, saturating conversion, several values, bulk memory, reference types. Of no use to an
 * image, and not here: vectors, threads, exceptions, 64-bit and several memories, tail calls, collected types. What is for
 * the validator or the linker (assert_invalid, assert_malformed, assert_unlinkable) is not run.
 */
const suites = [".tools/spec-tests", "test/spec"];

/** Scripts of the published suite that are not run, and why. */
const LEFT_OUT: Record<string, string> = {
  "imports.wast": "one import of one name has several types, which C's names have not, and the rest is the linker's",
  "inline-module.wast": "a module without the word, which only readers of scripts know",
};

function scriptsOf(suite: string): string[] {
  const folder = join(root, suite);
  if (!existsSync(folder)) throw new Error(`${suite} is not there: run \`node .ci/setup.mjs --test\`.`);
  return readdirSync(folder).filter((name) => name.endsWith(".wast") && !(name in LEFT_OUT));
}

async function run(text: string): Promise<Outcome & { count: number }> {
  const folder = mkdtempSync(join(tmpdir(), "mirage-wasm-spec-"));
  try {
    const commands = readScript(text);
    return { count: commands.length, ...(await runCommands(commands, folder)) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe.concurrent.each(suites)("%s", (suite) => {
  test.each(scriptsOf(suite))(
    "%s",
    async (name) => {
      const { count, code, stdout, stderr } = await run(readFileSync(join(root, suite, name), "latin1"));
      expect(stdout + stderr).toBe(`${count} hold, 0 do not\n`);
      expect(code).toBe(0);
    },
    300_000,
  );
});

test("a command that does not hold is told, and its line", async () => {
  const { code, stdout } = await run(`(module
  (memory 1)
  (func (export "f32") (result f32) (f32.const nan:0x1))
  (func (export "f64") (result f64) (f64.const -0))
  (func $deep (export "deep") (result i32) (i32.add (call $deep) (i32.const 1)))
  (func (export "pair") (param i32) (result i32 i64) (i32.load (local.get 0)) (i64.const -1)))
(assert_return (invoke "f32") (f32.const nan:canonical))
(assert_return (invoke "f32") (f32.const nan:arithmetic))
(assert_return (invoke "f32") (f32.const nan:0x1))
(assert_return (invoke "f64") (f64.const 0))
(assert_return (invoke "pair" (i32.const 0)) (i32.const 0) (i64.const 1))
(assert_return (invoke "pair" (i32.const 65533)) (i32.const 0) (i64.const -1))
(assert_trap (invoke "pair" (i32.const 0)) "out of bounds memory access")
(assert_trap (invoke "pair" (i32.const 65533)) "unreachable")
(assert_trap (invoke "deep") "out of bounds memory access")
(assert_exhaustion (invoke "deep") "call stack exhausted")`);
  expect(stdout.replaceAll(/: .*/g, "")).toBe("line 7\nline 8\nline 10\nline 11\nline 12\nline 13\nline 14\nline 15\n3 hold, 8 do not\n");
  expect(code).toBe(1);
});
