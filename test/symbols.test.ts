import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { missingPackages } from "../compiler/engines/xen/rig.ts";
import { consoleConfig, consoleJob, execute, Project, root } from "./support/project.ts";

// Compiled, since it starts a worker.
const { buildImage } = (await import(join(root, "build/compiler/build/pipeline.js"))) as typeof import("../compiler/build/pipeline.ts");
const wasmtime = join(root, ".tools/bin/wasmtime");
const SLOW = 300_000;
/** A boot of the rig, on a machine that is busy. */
const BOOT = 900_000;
const missing = missingPackages();

const files = {
  "config.ts": consoleConfig("deep"),
  "job.ts": `import { args } from "mirage-wasm/args";
import { Console } from "mirage-wasm/console";
import { spawn, Task } from "mirage-wasm/thread";
import { waits } from "waits";

class Link {
  constructor(public next: Link | null, public value: i32) {}
}

function third(link: Link | null): i32 {
  return link!.value;
}

function second(link: Link): i32 {
  return third(link.next) * 2;
}

function first(value: i32): i32 {
  return second(new Link(null, value)) + 1;
}

function countDown(count: i32): i32 {
  if (count == 0) throw new Error("down");
  return countDown(count - 1) + 1;
}

class Load extends Task {
  run(): void {
    this.load(<usize>-8);
  }
  load(address: usize): i32 {
    return load<i32>(address);
  }
}

export class Job<C extends Console> {
  start(console: C): void {
    const how = args()[1];
    console.log(how);
    if (how == "null") console.log(first(1).toString());
    if (how == "throw") console.log(countDown(2).toString());
    if (how == "load") spawn(new Load(), "load").join();
    waits();
  }
}
`,
  "node_modules/waits/index.ts": `import { site } from "mirage-wasm/link";

// @ts-ignore: decorator
@inline
export function waits(): void {
  waitsAt(site());
}

function waitsAt(site: u32): void {
  throw new Error("waits at site " + site.toString());
}
`,
};

describe("traces", () => {
  const project = new Project(files);
  const image = join(project.folder, "dist/deep.wasm");
  const symbols = join(project.folder, "dist/deep.symbols");
  beforeAll(() => project.build(), SLOW);
  afterAll(() => project.remove());

  const calls = (log: string): string[] => [...log.matchAll(/^ {4,8}at (\S+ \(.*?\))\r?$/gm)].map(([, call]) => call as string).filter((call) => !call.includes("~lib/"));
  const wanted: Record<string, string[]> = {
    null: ["third (job.ts:11:10)", "second (job.ts:15:10)", "first (job.ts:19:10)", "Job#start (job.ts:40:36)"],
    throw: ["countDown (job.ts:23:7)", "countDown (job.ts:24:10)", "countDown (job.ts:24:10)", "Job#start (job.ts:41:37)"],
    load: ["Load#load (job.ts:32:12)", "Load#run (job.ts:29:5)"],
  };

  test.each(Object.keys(wanted))("of %s are the calls of the source, on Node and wasmtime alike", async (how) => {
    const [node, other] = await Promise.all(["node", "wasmtime"].map((engine) => project.mirage(["run", "-e", engine, "--", how])));
    expect(calls(node?.stderr ?? "")).toEqual(wanted[how]);
    expect(calls(other?.stderr ?? "")).toEqual(wanted[how]);
    expect([node?.code, other?.code]).toEqual([134, 134]);
  });

  test.skipIf(missing.length > 0)(
    `of a null are the same on Xen${missing.length > 0 ? ` (skipped: it needs ${missing.join(", ")})` : ""}`,
    async () => {
      const { code, stdout, stderr } = await project.mirage(["run", "-e", "xen", "--", "null"], "", {}, BOOT);
      expect({ code, calls: calls(stdout) }, stdout + stderr).toEqual({ code: 134, calls: wanted["null"] });
      const saved = stdout.replaceAll(/^ {4}at .*\r?\n/gm, "");
      expect(await project.mirage(["symbolize"], saved)).toMatchObject({ code: 0, stdout });
    },
    BOOT,
  );

  test("of a log that was saved are those that run prints", async () => {
    const saved = await execute(wasmtime, ["run", image, "null"], project.folder);
    const ran = await project.mirage(["run", "-e", "wasmtime", "--", "null"]);
    expect(saved.stderr).not.toContain("job.ts:15");
    project.write("saved.log", saved.stderr);
    expect(await project.mirage(["symbolize", "saved.log"])).toMatchObject({ code: 0, stdout: ran.stderr });
    expect(await project.mirage(["symbolize"], saved.stderr)).toMatchObject({ code: 0, stdout: ran.stderr });
    expect(await project.mirage(["symbolize", "--symbols", "dist/deep.symbols", "-f", "none.ts"], saved.stderr)).toMatchObject({ code: 0, stdout: ran.stderr });
  });

  test("are there as JSON, with the line of the log", async () => {
    const { stderr } = await execute(wasmtime, ["run", image, "null"], project.folder);
    const { stdout } = await project.mirage(["symbolize", "--json"], stderr);
    const { schema, lines } = JSON.parse(stdout) as { schema: number; lines: { line: number; frames: { function: string }[] }[] };
    expect(schema).toBe(1);
    for (const { line } of lines) expect(stderr.split("\n")[line - 1]).toContain("wasm function");
    expect(lines.flatMap(({ frames }) => frames)).toContainEqual({ function: "second", file: "job.ts", line: 15, column: 10 });
  });

  test("the number of a site is the place where the user's code has called a library", async () => {
    const { stderr } = await project.mirage(["run", "--", "nothing"]);
    const [, site] = /waits at site (\d+)/.exec(stderr) ?? [];
    const log = `  thread 7 (a name) waits at site ${site}`;
    expect((await project.mirage(["symbolize"], `${log}\r\n${log}\n`)).stdout).toBe(`${log}: job.ts:43:5\r\n${log}: job.ts:43:5\n`);
  });

  test("what is no trace passes as it is, whatever its bytes", async () => {
    const text = "größe 中文\n\r\n\0 0x12 - thread waits at site 1\nno end";
    expect((await project.mirage(["symbolize"], text)).stdout).toBe(text);
  });

  const given = (): Record<string, unknown> => JSON.parse(readFileSync(symbols, "utf8"));
  test.each<[what: string, content: () => string, says: string]>([
    ["no JSON", () => "symbols", "MW702"],
    ["that end too early", () => readFileSync(symbols, "utf8").slice(0, 1000), "MW702"],
    ["of another version", () => JSON.stringify({ ...given(), schema: 2 }), "its schema is missing or damaged"],
    ["that are a list", () => "[]", "MW702"],
    ["that are nothing", () => "null", "MW702"],
    [
      "whose scopes call each other",
      () =>
        JSON.stringify({
          ...given(),
          scopes: [
            { name: "a", caller: 1 },
            { name: "b", caller: 0 },
          ],
        }),
      "its scopes is missing or damaged",
    ],
    ["whose functions are none", () => JSON.stringify({ ...given(), functions: [null] }), "its functions is missing or damaged"],
    ["whose map is no text", () => JSON.stringify({ ...given(), map: { sources: [], mappings: 7 } }), "its map is missing or damaged"],
    ["of another image", () => JSON.stringify({ ...given(), sha256: "0".repeat(64) }), "MW703"],
  ])("symbols %s are refused in words", async (_, content, says) => {
    project.write("other/deep.symbols", content());
    project.write("other/deep.wasm", readFileSync(image));
    const { code, stdout, stderr } = await project.mirage(["symbolize", "--symbols", "other/deep.symbols"], "    0:    0x4f3 - <unknown>!<wasm function 9>\n");
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain(says);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  test("a log of another image is told", async () => {
    const outside = "    0:    0xffffff - <unknown>!<wasm function 9>\n";
    expect(await project.mirage(["symbolize"], outside)).toMatchObject({ code: 1, stderr: expect.stringContaining("MW703") });
    expect(await project.mirage(["symbolize"], `mirage: sha256 ${"0".repeat(64)}\n`)).toMatchObject({ code: 1, stderr: expect.stringContaining("MW703") });
  });

  test("without a log or symbols, it says so", async () => {
    expect(await project.mirage(["symbolize", "absent.log"])).toMatchObject({ code: 1, stderr: expect.stringContaining("MW704") });
    expect(await project.mirage(["symbolize", "--symbols", "absent.symbols"])).toMatchObject({ code: 1, stderr: expect.stringContaining("MW701") });
  });
});

test(
  "an image is the same as one that is built without symbols",
  async () => {
    const head = `import { spawn, Task } from "mirage-wasm/thread";
class Count extends Task {
  constructor(private count: i32) {
    super();
  }
  run(): void {
    let text = "";
    for (let index = 0; index < this.count; index++) text += index.toString();
    assert(text.length == this.count, "wrong length");
  }
}`;
    const project = new Project({
      "config.ts": consoleConfig("same"),
      "job.ts": consoleJob(`    for (let count = 0; count < 3; count++) spawn(new Count(count), "count").join();`, head),
    });
    try {
      expect((await project.mirage(["configure"])).code).toBe(0);
      const plan = { folder: project.folder, entry: "mirage/main.ts", interfaces: [] };
      const image = await buildImage(plan, () => {});
      const bare = await buildImage({ ...plan, places: false }, () => {});
      expect(image.threads && image.collector).toBe(true);
      expect(bare.symbols).toBeUndefined();
      expect(Buffer.from(image.wasm).equals(bare.wasm)).toBe(true);
    } finally {
      project.remove();
    }
  },
  SLOW,
);
