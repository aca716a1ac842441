import { randomBytes } from "node:crypto";
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { Project } from "./support/project.ts";

const config = `import { console, crunch, defaultConsole, files, foreign, job, register, to } from "mirage-wasm";
register("shelf", [foreign("job.ts:Job", to(console, files, job)).$(defaultConsole, crunch("shelf"))]);
`;
/** Prints the path, size and sum of each file. */
const job = `import { Console } from "mirage-wasm/console";
import { Files } from "mirage-wasm/files";
export class Job<C extends Console, F extends Files> {
  start(console: C, files: F): void {
    const paths = files.paths();
    for (let i = 0; i < paths.length; i++) {
      const bytes = files.find(paths[i])!.bytes;
      let sum = 0;
      for (let j = 0; j < bytes.length; j++) sum += bytes[j];
      console.log(paths[i] + " " + bytes.length.toString() + " " + sum.toString());
    }
    console.log(files.find("none") || files.find("") ? "too much" : "no more");
  }
}
`;
const project = new Project({ "config.ts": config, "job.ts": job, "shelf/one": "\x01\x02", "shelf/b/two": "" });
afterAll(() => project.remove());

/** Builds what there is, and runs it. */
async function run(): Promise<string> {
  expect(await project.mirage(["build"])).toMatchObject({ code: 0 });
  return (await project.mirage(["run"])).stdout;
}

test("a folder's files are in the image, and a change of one, a new one and one that goes make it anew", async () => {
  expect(await project.mirage(["configure"])).toMatchObject({ code: 0 });
  expect(await run()).toBe("b/two 0 0\none 2 3\nno more\n");
  project.write("shelf/one", "\x01\x02\x03");
  expect(await run()).toBe("b/two 0 0\none 3 6\nno more\n");
  project.write("shelf/B", "\x07");
  expect(await run()).toBe("B 1 7\nb/two 0 0\none 3 6\nno more\n");
  rmSync(join(project.folder, "shelf/b"), { recursive: true });
  expect(await run()).toBe("B 1 7\none 3 6\nno more\n");
  const large = randomBytes(200_000);
  project.write("shelf/large", large);
  expect(await run()).toBe(`B 1 7\nlarge 200000 ${large.reduce((sum, byte) => sum + byte, 0)}\none 3 6\nno more\n`);
});

test("clean leaves the folder", async () => {
  expect(await project.mirage(["clean"])).toMatchObject({ code: 0 });
  expect([existsSync(join(project.folder, "mirage")), existsSync(join(project.folder, "shelf/one"))]).toEqual([false, true]);
});
