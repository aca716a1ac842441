import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { consoleConfig, execute, Project, root } from "./support/project.ts";

test("docs/errors.md and docs/abi.md say what the sources say", async () => {
  expect(await execute(process.execPath, [".ci/docs.mjs", "--check"], root)).toEqual({ code: 0, stdout: "", stderr: "" });
});

test("docs/abi.md has every call of the kernel that an app may import", async () => {
  const docs = readFileSync(join(root, "docs/abi.md"), "utf8");
  const calls = [...readFileSync(join(root, "runtime/abi.ts"), "utf8").matchAll(/declare function (\w+)/g)].map(([, name]) => name);
  expect(calls.length).toBeGreaterThan(0);
  expect([...docs.matchAll(/^## `(\w+)/gm)].map(([, name]) => name)).toEqual(calls);
});

const jobs = [...readFileSync(join(root, "docs/language.md"), "utf8").matchAll(/```ts\n([^`]*(?:`[^`]+`[^`]*)*?)```\n\nprints\n\n```text\n([^`]+)```/g)].map(([, job, stdout]) => ({
  job,
  stdout,
}));

test("docs/language.md has jobs", () => {
  expect(jobs).toHaveLength(2);
});

test.each(jobs)("a job of docs/language.md prints what it says", async ({ job, stdout }) => {
  const project = new Project({ "config.ts": consoleConfig("language"), "job.ts": job ?? "" });
  try {
    await project.build();
    expect(await project.mirage(["run"])).toEqual({ code: 0, stdout, stderr: "" });
  } finally {
    project.remove();
  }
});
