// The stack below TCP, alone with its test on a wire: program/ is one image, and each line that it prints is a test's.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadImage } from "../support/in-process.ts";
import { Project, root } from "../support/project.ts";

const source = join(root, "test/net/program");
const names = readdirSync(source).flatMap((file) => [...readFileSync(join(source, file), "utf8").matchAll(/^\s*test\("(.+)", \(/gm)].map(([, name]) => name as string));

const project = new Project({}, source);
let lines: string[];
beforeAll(async () => {
  await project.build();
  const { stdout, stderr, code } = (await loadImage(join(project.folder, "dist/net.wasm")))([]);
  lines = stdout.split("\n");
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
}, 120_000);
afterAll(() => project.remove());

test.each(names)("%s", (name) => {
  expect(lines.find((line) => line.startsWith(name))).toBe(name);
});
