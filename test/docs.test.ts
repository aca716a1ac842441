import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { execute, root } from "./support/project.ts";

test("docs/errors.md and docs/abi.md say what the sources say", async () => {
  expect(await execute(process.execPath, [".ci/docs.mjs", "--check"], root)).toEqual({ code: 0, stdout: "", stderr: "" });
});

test("docs/abi.md has every call of the kernel that an app may import", async () => {
  const docs = readFileSync(join(root, "docs/abi.md"), "utf8");
  const calls = [...readFileSync(join(root, "runtime/abi.ts"), "utf8").matchAll(/declare function (\w+)/g)].map(([, name]) => name);
  expect(calls.length).toBeGreaterThan(0);
  expect([...docs.matchAll(/^## `(\w+)/gm)].map(([, name]) => name)).toEqual(calls);
});
