import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { Project, root } from "./support/project.ts";

const project = new Project({}, join(root, "test/conformance/programs/several-jobs"));
afterAll(() => project.remove());

/** Generated text, with the way to this package made the same everywhere. */
function generated(path: string): string {
  return readFileSync(join(project.folder, path), "utf8").replaceAll(/(\.\.\/)+[^"\s]*?(?=\/(?:build|runtime|drivers|node_modules)\/)/g, "PACKAGE");
}

test("configure writes main.ts, Makefile and tsconfigs; clean leaves only the user's files", async () => {
  expect((await project.mirage(["configure", "--wasi", "--dry-run"])).stdout).toContain("mirage/main.ts\n");
  await project.build();
  for (const path of ["mirage/main.ts", "Makefile", "tsconfig.json", "mirage/tsconfig.config.json", "mirage/tsconfig.jobs.json"]) {
    await expect(generated(path)).toMatchFileSnapshot(`golden/${path.replace("/", "-")}`);
  }
  const described = await project.mirage(["describe"]);
  await expect(described.stdout).toMatchFileSnapshot("golden/describe.txt");
  expect(JSON.parse((await project.mirage(["describe", "--json"])).stdout)).toMatchObject({ schema: 1, name: "several-jobs", target: "wasi" });
  expect((await project.mirage(["describe", "--dot"])).stdout).toMatch(/^digraph "several-jobs" \{/);
  expect((await project.mirage(["clean"])).stderr).toContain("Removed dist/several-jobs.wasm");
  expect((await project.mirage(["build"])).code).toBe(3);
});
