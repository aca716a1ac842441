import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { execute, Project, root } from "./support/project.ts";

const examples = readdirSync(join(root, "examples"), { withFileTypes: true })
  .filter((one) => one.isDirectory())
  .map(({ name }) => name);

describe.each(examples)("example %s", (name) => {
  const source = join(root, "examples", name);
  const input = existsSync(join(source, "stdin.txt")) ? readFileSync(join(source, "stdin.txt"), "utf8") : "";
  const expected = readFileSync(join(source, "expected.txt"), "utf8");
  let project: Project;
  beforeAll(async () => {
    project = new Project({}, source);
    await project.build();
  });
  afterAll(() => project.remove());

  test.each(["node", "wasmtime"])("says what is expected under %s", async (engine) => {
    const { code, stdout, stderr } = await project.mirage(["run", "-e", engine], input);
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: expected, stderr: "" });
  });

  test("runs under the oldest wasmtime as it is", async () => {
    const image = readdirSync(join(project.folder, "dist"))[0] as string;
    const { code, stdout } = await execute(join(root, ".tools/bin/wasmtime-oldest"), ["run", join("dist", image)], project.folder, input);
    expect({ code, stdout }).toEqual({ code: 0, stdout: expected });
  });
});
