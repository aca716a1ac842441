import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { consoleJob, Project } from "./support/project.ts";

const config = `import { console, defaultConsole, foreign, job, register, to } from "mirage-wasm";
const greeter = foreign("job.ts:Job", to(console, job), { packages: ["as-greet"] });
register("greeter", [greeter.$(defaultConsole)]);
`;
const project = new Project({
  "config.ts": config,
  "job.ts": consoleJob(`    console.log(greet("packages"));`, `import { greet } from "as-greet/assembly";`),
});

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
