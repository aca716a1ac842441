import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { Project } from "./support/project.ts";

const jobs = `import { Clock } from "mirage-wasm/clock";
import { Console } from "mirage-wasm/console";
import { Random } from "mirage-wasm/random";
export class Relax<C extends Console> {
  start(console: C): void {
    console.log("relaxed");
  }
}
export class Draw<R extends Random> {
  start(random: R): void {
    random.u32();
  }
}
export class Both<C extends Console, K extends Clock> {
  start(console: C, clock: K): void {
    console.log(clock.now() > 0 ? "both" : "neither");
  }
}
`;
const head = `import { clock, console, defaultClock, defaultConsole, foreign, impl, job, main, noop, register, to, type } from "mirage-wasm";
const relax = foreign("jobs.ts:Relax", to(console, job));
const both = foreign("jobs.ts:Both", to(console, clock, job));
const tap0 = impl("tap.ts:Tap", type("network", "tap.ts:Network"));
`;
const LINE = head.split("\n").length;

const project = new Project({ "jobs.ts": jobs });
afterAll(() => project.remove());

async function configure(text: string): Promise<{ code: number; stderr: string }> {
  project.write("config.ts", head + text);
  return project.mirage(["configure"]);
}

interface Description {
  jobs: { place: string; devices: number[] }[];
  devices: { place: string; type: string }[];
}

async function described(text: string): Promise<Description> {
  expect(await configure(text)).toMatchObject({ code: 0 });
  return JSON.parse((await project.mirage(["describe", "--json"])).stdout) as Description;
}

describe("devices", () => {
  test("may be applied all at once or one after the other", async () => {
    const atOnce = await described(`register("x", [both.$(defaultConsole, defaultClock)]);\n`);
    expect(atOnce.jobs[0]?.devices.map((index) => atOnce.devices[index]?.type)).toEqual(["console", "clock"]);
    expect(await described(`const half = both.$(defaultConsole);\nregister("x", [half.$(defaultClock)]);\n`)).toEqual(atOnce);
  });

  test("that are equal are made once and shared", async () => {
    const { jobs, devices } = await described(`const mine = impl("mirage-wasm/drivers/console:StandardConsole", console);
register("x", [relax.$(mine), both.$(defaultConsole, defaultClock), relax.$(defaultConsole)]);
`);
    expect(devices.map(({ type }) => type)).toEqual(["console", "clock"]);
    expect(jobs.map((one) => one.devices)).toEqual([[0], [0, 1], [0]]);
    const generated = readFileSync(join(project.folder, "mirage/main.ts"), "utf8");
    expect(generated.match(/^@lazy const device\d+ =/gm)).toHaveLength(2);
  });

  test("with other values are others", async () => {
    const { devices } = await described(`import { random, seededRandom } from "mirage-wasm";
const draw = foreign("jobs.ts:Draw", to(random, job));
register("x", [draw.$(seededRandom(1)), draw.$(seededRandom(2)), draw.$(seededRandom(1))]);
`);
    expect(devices).toHaveLength(2);
  });
});

test("main is another name for foreign", async () => {
  expect(await described(`register("x", [main("jobs.ts:Relax", to(console, job)).$(defaultConsole)]);\n`)).toEqual(await described(`register("x", [relax.$(defaultConsole)]);\n`));
});

test("memory is the most that the image may have", async () => {
  expect(await configure(`register("x", [relax.$(defaultConsole)], { memory: "512 KiB" });\n`)).toMatchObject({ code: 0 });
  expect((await project.mirage(["describe"])).stdout).toContain("Memory   at most 512 KiB\n");
});

test.each<[what: string, wrong: string, at: string, says: string[]]>([
  ["a device of another type", "[relax.$(tap0)]", "tap0", ["relax expects a console, but a network was given. (MW103)"]],
  ["devices in another order", "[both.$(defaultClock, defaultConsole)]", "defaultClock", ["both expects a console, but a clock was given. (MW103)"]],
  ["a second device of another type", "[both.$(defaultConsole).$(tap0)]", "tap0", ["expects a clock, but a network was given. (MW103)"]],
  ["a device too few", "[both.$(defaultConsole)]", "both", ["expects a job, but a job that still lacks clock was given. (MW103)"]],
  ["a device too many", "[relax.$(defaultConsole, defaultConsole)]", "defaultConsole)", ["relax takes 1 device(s), but 2 were applied. (MW104)"]],
  ["a device in place of a job", "[defaultConsole]", "defaultConsole", ["expects a job, but a console was given. (MW103)"]],
  ["a misspelt option of register", '[noop], { memry: "1 MiB" }', "memry", ["memry", "Did you mean to write 'memory'?"]],
  ["a misspelt option of a job", '[foreign("jobs.ts:Relax", to(console, job), { package: ["x"] }).$(defaultConsole)]', "package", ["Did you mean to write 'packages'?"]],
  ["a misspelt name", "[relax.$(defaultConsol)]", "defaultConsol", ["Did you mean 'defaultConsole'?"]],
])("%s is told at its place, with what was expected and what was given", async (_, wrong, at, says) => {
  const line = `register("x", ${wrong});\n`;
  const { code, stderr } = await configure(line);
  expect(code).toBe(3);
  expect(stderr).toContain(`config.ts:${LINE}:${line.lastIndexOf(at) + 1}: `);
  for (const text of says) expect(stderr).toContain(text);
});

test("what is wrong with a class is told where the class is named, not where devices are applied", async () => {
  const { code, stderr } = await configure(`const idle = foreign("jobs.ts:Idle", to(console, job));\n\nregister("x", [idle.$(defaultConsole)]);\n`);
  expect(code).toBe(3);
  expect(stderr).toContain(`config.ts:${LINE}:14: jobs.ts has no class Idle. (MW202)`);
});

describe("keys", () => {
  const chosen = `import { ifImpl, key, matchImpl } from "mirage-wasm";
const both2 = key.boolean("both", false, "Run both jobs.");
const heap = key.integer("heap", 1, "MiB of memory.");
const way = key.choice("way", "plain", ["plain", "loud"]);
const name = key.string("image-name", "keyed");
const one = matchImpl(way, { plain: relax, loud: foreign("jobs.ts:Loud", to(console, job)) }).$(defaultConsole);
register(name.value, [ifImpl(both2, both.$(defaultConsole, defaultClock), one)], { memory: \`\${heap.value} MiB\` });
`;
  const LOUD = `export class Loud<C extends Console> {\n  start(console: C): void {\n    console.log("LOUD");\n  }\n}\n`;
  const own = new Project({ "jobs.ts": jobs + LOUD, "config.ts": head + chosen });
  afterAll(() => own.remove());
  const lines = async (): Promise<string[]> => (await own.mirage(["query", "keys"])).stdout.trimEnd().split("\n");
  const place = (index: number): string => `config.ts:${LINE + 1 + index}`;

  test("have their defaults, which describe and query say with their place", async () => {
    expect(await own.mirage(["configure"])).toMatchObject({ code: 0 });
    const expected = [
      `--both=false (default; ${place(0)}) Run both jobs.`,
      `--heap=1 (default; ${place(1)}) MiB of memory.`,
      `--way=plain (default; ${place(2)})`,
      `--image-name=keyed (default; ${place(3)})`,
    ];
    expect(await lines()).toEqual(expected);
    const { stdout } = await own.mirage(["describe"]);
    for (const one of expected) expect(stdout).toContain(`Key      ${one}\n`);
    const { keys } = JSON.parse((await own.mirage(["query", "keys", "--json"])).stdout) as { keys: object[] };
    expect(keys[2]).toEqual({
      name: "way",
      type: "choice",
      default: "plain",
      value: "plain",
      from: "default",
      doc: "",
      choices: ["plain", "loud"],
      place: { file: "config.ts", line: LINE + 3 },
    });
  });

  test("of devices of ours are shared by all that ask for them", async () => {
    const job = `import { Stack } from "mirage-wasm/stack";\nexport class Both<A extends Stack, B extends Stack> {\n  start(a: A, b: B): void {}\n}\n`;
    const config = `import { foreign, genericStack, job, key, netif, register, stack, to } from "mirage-wasm";
const inside = genericStack(netif("eth1"), { group: "inside" });
register("two", [foreign("both.ts:Both", to(stack, stack, job)).$(genericStack(), inside)]);
`;
    const two = new Project({ "both.ts": job, "config.ts": config });
    try {
      expect(await two.mirage(["configure"])).toMatchObject({ code: 0 });
      expect((await two.mirage(["query", "keys"])).stdout).toBe("--net=host (default; config.ts:2) Whose TCP/IP: the host's, or our own on a network.\n");
      expect((await two.mirage(["describe"])).stdout).not.toContain("--inside-ipv4");
      expect(await two.mirage(["configure", "--net=direct"])).toMatchObject({ code: 0 });
      expect((await two.mirage(["describe"])).stdout).toContain("--inside-ipv4");
      two.write("config.ts", `${config}key.string("net", "");\n`);
      expect((await two.mirage(["configure"])).stderr).toContain("MW112");
    } finally {
      two.remove();
    }
  });

  test("choose devices and options, and a change of one makes the image anew", async () => {
    expect((await own.mirage(["run"])).stdout).toBe("relaxed\n");
    expect(await own.mirage(["configure", "--way", "loud", "--heap=2"])).toMatchObject({ code: 0 });
    expect((await own.mirage(["run"])).stdout).toBe("LOUD\n");
    expect((await own.mirage(["describe"])).stdout).toContain("Memory   at most 2048 KiB\n");
  });

  test("stay as they were given until they are given again", async () => {
    expect(await own.mirage(["configure", "--both", "--image-name=other"])).toMatchObject({ code: 0 });
    expect((await lines()).map((one) => one.split(";")[0])).toEqual([
      "--both=true (command line, default false",
      "--heap=2 (command line, default 1",
      "--way=loud (command line, default plain",
      "--image-name=other (command line, default keyed",
    ]);
    expect((await own.mirage(["run"])).stdout).toBe("both\n");
    expect((await own.mirage(["query", "name"])).stdout).toBe("other\n");
    expect(await own.mirage(["configure", "--both", "--no-both"])).toMatchObject({ code: 0 });
    expect((await own.mirage(["run"])).stdout).toBe("LOUD\n");
  });

  test("that are gone, or cannot have the value any more, are forgotten", async () => {
    own.write(
      "config.ts",
      head +
        chosen
          .replace('["plain", "loud"]', '["plain"]')
          .replace(/, loud: .*? \}/, " }")
          .replace(/"heap", 1/, '"room", 3'),
    );
    expect(await own.mirage(["configure"])).toMatchObject({ code: 0 });
    expect((await lines()).map((one) => one.split(";")[0])).toEqual([
      "--both=false (command line, default false",
      "--room=3 (default",
      "--way=plain (default",
      "--image-name=other (command line, default keyed",
    ]);
  });

  test("are listed by the help of configure, asked for in either way", async () => {
    own.write("config.ts", head + chosen);
    const asked = await own.mirage(["help", "configure"]);
    expect(asked.stdout).toContain("Keys of config.ts");
    for (const text of ["--[no-]both", "--heap <integer>", "--way <plain|loud>", "--image-name <string>", "Run both jobs. (default: false)"]) expect(asked.stdout).toContain(text);
    expect(await own.mirage(["configure", "--help"])).toEqual(asked);
  });
});
