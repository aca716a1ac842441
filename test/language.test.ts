import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { transformSync } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkLanguage } from "../compiler/configure/check-language.ts";
import { messages } from "../compiler/messages.ts";
import { accepted, refused } from "./support/language-cases.ts";
import { consoleConfig, consoleJob, type Outcome, Project, root } from "./support/project.ts";

const PLACE = "‸";
/** All of them in one job, one a line. */
const project = new Project({ "config.ts": consoleConfig("x"), "job.ts": `${refused.map(([, line]) => line.replace(PLACE, "")).join("\n")}\n${consoleJob("")}`, "other.ts": "" });
let told: Outcome;
beforeAll(async () => {
  told = await project.mirage(["configure"]);
});
afterAll(() => project.remove());

describe.each(refused.map(([code, line, ...says], index) => ({ code, line, says, place: `job.ts:${index + 1}:${line.indexOf(PLACE) + 1}: ` })))(
  "$code $line",
  ({ code, line, says, place }) => {
    test("is told before AssemblyScript sees it", () => {
      const [, block = ""] = new RegExp(`(\\[ERROR\\] ${place}.*\\(${code}\\)\n(?:  .*\n)+)`).exec(told.stderr) ?? [];
      for (const text of [line.replace(PLACE, ""), ...says]) expect(block).toContain(text);
    });
  },
);

test("nothing else is told", () => {
  const places = [...told.stderr.matchAll(/^\[ERROR\] job\.ts:(\d+):/gm)].map(([, line]) => Number(line));
  expect(places).toEqual(refused.map((_, index) => index + 1));
  expect(told.code).toBe(messages.MW220.exit);
});

function check(files: Record<string, string>, ...first: string[]): ReturnType<typeof checkLanguage> {
  const one = new Project(files);
  try {
    return checkLanguage(one.folder, first);
  } finally {
    one.remove();
  }
}

test("what looks like it and is right is let through", () => {
  expect(check({ "job.ts": accepted }, "job.ts").mistakes).toEqual([]);
});

test("neither AssemblyScript's library nor our own is accused", () => {
  for (const folder of ["node_modules/assemblyscript/std/assembly", "runtime", "drivers", "examples", "test/conformance/programs"]) {
    const files = readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).filter(
      (file) => /(?<!\.d|config)\.ts$/.test(file) && !/\bmirage\/|^bindings\//.test(file),
    );
    const { mistakes } = checkLanguage(join(root, folder), files);
    // In bindings/, relative imports are those of AssemblyScript's library. `String.raw` is declared with a type that there is not.
    expect(mistakes.map(({ code, position }) => `${code} ${position?.file}`)).toEqual(folder.includes("assembly") ? ["MW229 string.ts"] : []);
  }
});

test("what a job imports is looked at, with the packages in node_modules", () => {
  const files = {
    "jobs/job.ts": 'import { a } from "../lib/a.ts";\nimport { b } from "as-b";\nimport { c } from "@x/c/deep";\nimport { Console } from "mirage-wasm/console";\n',
    "lib/a.ts": 'export * from "./deep";\n',
    "lib/deep/index.ts": "// a line\r\n\tlet a: any;\r\n",
    "node_modules/as-b/assembly/index.ts": "\uFEFFlet b: any;\n",
    "node_modules/@x/c/deep.ts": "let c: any;\n",
  };
  const { mistakes, files: read } = check(files, "jobs/job.ts");
  expect(mistakes.map(({ position }) => `${position?.file}:${position?.line}:${position?.column} ${position?.source}`)).toEqual([
    "node_modules/as-b/assembly/index.ts:1:8 let b: any;",
    "node_modules/@x/c/deep.ts:1:8 let c: any;",
    "lib/deep/index.ts:2:9 \tlet a: any;",
  ]);
  expect(read.sort()).toEqual(Object.keys(files).sort());
});

test("rest parameters mean in jobs what they mean in JavaScript", async () => {
  const program = join(root, "test/conformance/programs/rest-parameters");
  const source = readFileSync(join(program, "rest.ts"), "utf8").replaceAll(/^(?:import .*|@inline)$/gm, "");
  const { Rest } = (await import(`data:text/javascript,${encodeURIComponent(transformSync(source, { loader: "ts" }).code)}`)) as {
    Rest: new () => { start(console: { log(line: string): void }): void };
  };
  const lines: string[] = [];
  new Rest().start({ log: (line) => void lines.push(line) });
  expect(`${lines.join("\n")}\n`).toBe(readFileSync(join(program, "expected.txt"), "utf8"));
});
