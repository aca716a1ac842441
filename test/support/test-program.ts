// A guest program whose output has a line for each of its tests: the name, and what is wrong.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadImage } from "./in-process.ts";
import { type Outcome, Project, root } from "./project.ts";

/** Builds the program in `folder`, runs it, and makes each of its tests one of the file's. Returns their names, and what runs it with arguments. */
export function testProgram(folder: string, image: string): { names: string[]; run: (args: string[]) => Outcome } {
  const source = join(root, folder);
  const names = readdirSync(source).flatMap((file) => [...readFileSync(join(source, file), "utf8").matchAll(/^\s*test\("(.+)", \(/gm)].map(([, name]) => name as string));
  const project = new Project({}, source);
  let run: (args: string[]) => Outcome;
  let lines: string[];
  beforeAll(async () => {
    await project.build();
    run = await loadImage(join(project.folder, "dist", image));
    const { stdout, stderr, code } = run([]);
    lines = stdout.split("\n");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  }, 120_000);
  afterAll(() => project.remove());
  test.each(names)("%s", (name) => {
    expect(lines.find((line) => line.startsWith(name))).toBe(name);
  });
  return { names, run: (args) => run(args) };
}
