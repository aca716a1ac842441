import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { consoleConfig, consoleJob, Project, root } from "./support/project.ts";

// Compiled, since it starts a worker.
const { buildImage } = (await import(join(root, "build/compiler/build/pipeline.js"))) as typeof import("../compiler/build/pipeline.ts");

const threads = {
  "config.ts": consoleConfig("image"),
  "job.ts": consoleJob(
    `    for (let count = 0; count < 3; count++) spawn(new Count(count), "count").join();`,
    `import { spawn, Task } from "mirage-wasm/thread";
class Count extends Task {
  constructor(private count: i32) {
    super();
  }
  run(): void {
    let text = "";
    for (let index = 0; index < this.count; index++) text += index.toString();
    assert(text.length == this.count, "wrong length");
  }
}`,
  ),
};
const projects: Project[] = [];
afterAll(() => {
  for (const one of projects) one.remove();
});

test("an image is the same as one that is built without symbols", async () => {
  const project = new Project(threads);
  projects.push(project);
  expect((await project.mirage(["configure"])).code).toBe(0);
  const plan = { folder: project.folder, entry: "mirage/main.ts", interfaces: [] };
  const image = await buildImage(plan, () => {});
  const bare = await buildImage({ ...plan, places: false }, () => {});
  expect(image.threads && image.collector).toBe(true);
  expect(Buffer.from(image.wasm).equals(bare.wasm)).toBe(true);
}, 300_000);
