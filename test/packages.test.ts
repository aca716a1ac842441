import { rmSync } from "node:fs";
import { join } from "node:path";
import assemblyscript from "assemblyscript/package.json" with { type: "json" };
import { afterAll, beforeAll, expect, test } from "vitest";
import { version } from "../compiler/package.ts";
import { consoleJob, Project } from "./support/project.ts";

const config = `import { console, defaultConsole, foreign, job, register, to } from "mirage-wasm";
const greeter = foreign("job.ts:Job", to(console, job), { packages: ["as-greet"] });
register("greeter", [greeter.$(defaultConsole)]);
`;
const project = new Project({
  "config.ts": config,
  "job.ts": consoleJob(`    console.log(greet("packages"));`, `import { greet } from "as-greet/assembly";`),
});
const INFO = `    const image = info();
    console.log(image.name + " " + image.version);
    for (let i = 0; i < image.libraries.length; i++) console.log(image.libraries[i].name + " " + image.libraries[i].version);`;

/** What npm would unpack. */
function install(greeting: string): void {
  const folder = "node_modules/as-greet";
  project.write(`${folder}/package.json`, JSON.stringify({ name: "as-greet", version: "1.0.0", exports: { ".": "./index.js" } }));
  project.write(`${folder}/assembly/mark.ts`, `export function mark(): string {\n  return "!";\n}\n`);
  project.write(`${folder}/assembly/index.ts`, `import { mark } from "./mark";\nexport function greet(whom: string): string {\n  return "${greeting}, " + whom + mark();\n}\n`);
}

beforeAll(() => install("Hello"));
afterAll(() => project.remove());

test("a job imports a package with AssemblyScript sources, builds and runs", async () => {
  await project.build();
  expect(await project.mirage(["run"])).toEqual({ code: 0, stdout: "Hello, packages!\n", stderr: "" });
});

test("depend and describe name it", async () => {
  const depend = await project.mirage(["depend"]);
  expect(depend).toMatchObject({ code: 0, stdout: "" });
  expect(depend.stderr).toContain("as-greet: installed\n");
  expect(JSON.parse((await project.mirage(["describe", "--json"])).stdout)).toMatchObject({ packages: ["as-greet"] });
});

test("the image knows its own version, and each package that its code comes from with its", async () => {
  const informed = new Project({}, project.folder);
  const print = async (): Promise<string[]> => (await informed.mirage(["run"])).stdout.trimEnd().split("\n");
  const libraries = ["as-greet 1.0.0", `assemblyscript ${assemblyscript.version}`, `mirage-wasm ${version}`];
  informed.write("job.ts", consoleJob(`    greet("");\n${INFO}`, `import { greet } from "as-greet/assembly";\nimport { info } from "mirage-wasm/info";`));
  await informed.build();
  expect(await print()).toEqual(["greeter ", ...libraries]);
  informed.write("package.json", JSON.stringify({ version: "4.5.6" }));
  informed.write("node_modules/as-greet/package.json", JSON.stringify({ version: "1.0.1" }));
  expect(await print()).toEqual(["greeter 4.5.6", "as-greet 1.0.1", ...libraries.slice(1)]);
  // One that it does not use is not in it.
  informed.write("job.ts", consoleJob(INFO, `import { info } from "mirage-wasm/info";`));
  const { stdout } = await informed.mirage(["describe", "--json"]);
  expect(JSON.parse(stdout)).toMatchObject({ version: "4.5.6", libraries: [{ name: "assemblyscript" }, { name: "mirage-wasm", version }] });
  informed.remove();
});

test("another version of it is noticed", async () => {
  install("Good evening");
  expect((await project.mirage(["run"])).stdout).toBe("Good evening, packages!\n");
});

test("when it is gone, depend says what is missing and how to install it, and so does build", async () => {
  rmSync(join(project.folder, "node_modules/as-greet"), { recursive: true });
  for (const command of ["depend", "build"]) {
    const { code, stderr } = await project.mirage([command]);
    expect(code).toBe(3);
    expect(stderr).toContain("config.ts:2:17: The package as-greet is not installed. (MW210)");
    expect(stderr).toContain("Run `npm install as-greet`.");
  }
});
