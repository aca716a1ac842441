import { afterAll, expect, test } from "vitest";
import { consoleConfig, consoleJob, execute, Project } from "./support/project.ts";

const project = new Project({ "config.ts": consoleConfig("tutorial"), "job.ts": consoleJob(`    console.log("Out to lunch.");`) });
afterAll(() => project.remove());

test("the tutorial, typed line by line", async () => {
  expect((await project.mirage(["configure", "--wasi"])).code).toBe(0);
  expect((await execute("make", ["depend"], project.folder)).code).toBe(0);
  expect((await execute("make", [], project.folder)).code).toBe(0);
  const run = await execute("make", ["-s", "run"], project.folder);
  expect(run).toMatchObject({ code: 0, stdout: "Out to lunch.\n" });
  expect((await execute("make", ["clean"], project.folder)).code).toBe(0);
});
