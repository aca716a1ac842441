import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { expect, test } from "vitest";
import { consoleConfig, consoleJob, execute, Project, root } from "./support/project.ts";

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => join(folder, name));
}

test("imports go one way: cli to compiler, drivers to runtime, and nothing points up", () => {
  const may: Record<string, string[]> = { compiler: ["compiler"], cli: ["cli", "compiler"], runtime: ["runtime"], drivers: ["drivers"] };
  for (const [folder, allowed] of Object.entries(may)) {
    for (const file of sources(folder)) {
      for (const [, path] of readFileSync(join(root, file), "utf8").matchAll(/from "(\.[^"]+)"/g)) {
        const [top] = relative(root, resolve(root, dirname(file), path as string)).split("/");
        expect(allowed, `${file} imports ${path}`).toContain(top);
      }
      if (folder === "runtime") expect(readFileSync(join(root, file), "utf8")).not.toContain('from "mirage-wasm/drivers');
    }
  }
});

test("the package holds what it exports, and no tests", () => {
  const [{ files }] = JSON.parse(
    execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }),
  ) as [{ files: { path: string }[] }];
  const paths = files.map(({ path }) => path);
  for (const path of [
    "build/cli/main.js",
    "build/compiler/config/index.js",
    "build/compiler/config/index.d.ts",
    "build/kernel.wasm",
    "runtime/console.ts",
    "drivers/console.ts",
    "runtime/wit/wasi.wit",
    "asconfig.json",
    "LICENSE",
    "README.md",
  ]) {
    expect(paths).toContain(path);
  }
  expect(paths.filter((path) => /^(test|examples|\.ci|\.tools)\//.test(path))).toEqual([]);
});

test.each([
  ["one thread", "dist/same.wasm: \\d+ bytes with garbage collector\n", "", `    let line = console.readLine();\n    while (line) line = console.readLine();`],
  [
    "threads and the collector",
    "dist/same.wasm: \\d+ bytes with threads and garbage collector\n",
    `import { spawn, Task } from "mirage-wasm/thread";\nclass Count extends Task {\n  run(): void {\n    let text = "";\n    for (let index = 0; index < 1000; index++) text += index.toString();\n  }\n}`,
    `    spawn(new Count(), "count").join();`,
  ],
])("two builds in two folders give the same bytes: %s", async (_, says, head, body) => {
  const images: Buffer[] = [];
  for (let count = 0; count < 2; count++) {
    const project = new Project({ "config.ts": consoleConfig("same"), "job.ts": consoleJob(body, head) });
    expect((await project.mirage(["configure"])).code).toBe(0);
    expect((await project.mirage(["build"])).stderr).toMatch(new RegExp(says));
    images.push(readFileSync(join(project.folder, "dist/same.wasm")));
    project.remove();
  }
  expect(images[0]?.equals(images[1] as Buffer)).toBe(true);
});

test("images are as small as the README says", async () => {
  const sizes = async (body: string, head = ""): Promise<{ bytes: number; imports: string }> => {
    const project = new Project({ "config.ts": body ? consoleConfig("size") : "", "job.ts": consoleJob(body, head) });
    await project.build();
    const image = readdirSync(join(project.folder, "dist")).find((one) => one.endsWith(".wasm")) as string;
    const { stdout } = await project.mirage(["query", "imports"]);
    const bytes = readFileSync(join(project.folder, "dist", image)).length;
    project.remove();
    return { bytes, imports: stdout };
  };
  const nothing = await sizes("");
  expect(nothing.bytes).toBeLessThanOrEqual(240);
  expect(nothing.imports).toBe("");
  const hello = await sizes(`    console.log("hello");`);
  expect(hello.bytes).toBeLessThanOrEqual(2100);
  expect(hello.imports).not.toContain("stderr");
  // A job that only sleeps allocates nothing: no collector.
  const sleeps = await sizes(`    sleep(SECOND);\n    console.log("hello");`, `import { SECOND, sleep } from "mirage-wasm/thread";`);
  expect(sleeps.bytes).toBeLessThanOrEqual(2500);
  expect((await sizes(`    console.log("hello " + who);`, `let who = "world";`)).bytes).toBeLessThanOrEqual(2100);
});

const examples = readdirSync(join(root, "examples"), { withFileTypes: true }).filter((one) => one.isDirectory() && one.name !== "noop");

test.each(examples)("the jobs of the example $name are such that an editor with AssemblyScript's types finds no error", async ({ name }) => {
  const project = new Project({}, join(root, "examples", name));
  try {
    expect((await project.mirage(["configure"])).code).toBe(0);
    const tsc = join(root, "node_modules/typescript-6/bin/tsc");
    const { code, stdout } = await execute(process.execPath, [tsc, "-p", "mirage/tsconfig.jobs.json"], project.folder);
    expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
  } finally {
    project.remove();
  }
});

test("host code is formatted, linted and typed", async () => {
  for (const args of [
    [join(root, "node_modules/@biomejs/biome/bin/biome"), "check", "."],
    [join(root, "node_modules/typescript/bin/tsc"), "-p", ".", "--noEmit"],
  ]) {
    const { code, stdout, stderr } = await execute(process.execPath, args, root);
    expect(code, stdout + stderr).toBe(0);
  }
});
