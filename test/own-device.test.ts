import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { execute, type Outcome, Project, root } from "./support/project.ts";

const project = new Project({}, join(root, "test/projects/own-device"));
beforeAll(() => project.build());
afterAll(() => project.remove());

test("the interface that a device declares is in the world, and what it is for in the description", async () => {
  expect((await project.mirage(["query", "imports"])).stdout.split("\n")).toContain("acme:led/light@1.0.0");
  const wit = (await project.mirage(["query", "wit"])).stdout;
  expect(wit).toMatch(/world image \{[^}]*import acme:led\/light@1\.0\.0;/);
  expect(wit).toContain("names: func() -> list<string>;");
  expect((await project.mirage(["describe"])).stdout).toContain("Imports  acme:led/light@1.0.0 for GreenLed\n");
});

test("a target that cannot give it says so when it is configured", async () => {
  const { code, stderr } = await project.mirage(["configure", "--xen", "--dry-run"]);
  expect(code).toBe(3);
  expect(stderr).toContain("config.ts:4:18: The target xen does not give acme:led/light@1.0.0, which GreenLed needs. (MW304)");
});

/** The image in a host of a user's own that has a lamp of these names. */
function host(...names: string[]): Promise<Outcome> {
  return execute(process.execPath, [join(root, "test/support/host.mjs"), "dist/blink.wasm", ...names], project.folder);
}

test("a host that gives it is called, and its lists arrive", async () => {
  expect(await host("grün", "😀")).toEqual({ code: 0, stdout: "grün, 😀\ngrün\n", stderr: "true\nfalse\n" });
});

test("what the host sends beyond its slot is dropped and counted, and the image goes on", async () => {
  const names = ["short", "x".repeat(100), ..."abcdef", "y".repeat(100_000)];
  const { code, stdout } = await host(...names);
  expect({ code, stdout }).toEqual({ code: 0, stdout: `${names.join(", ")}\n2 too long\n` });
});
